namespace Courier.Storage;

/// <summary>A blob as a listing tells of it.</summary>
/// <param name="WrittenAt">By the storage's own clock; null where it does not say.</param>
public sealed record ListedBlob(string Name, DateTimeOffset? WrittenAt = null)
{
    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>Those that it was written with; none where it had none, or its container keeps none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = s_none;
}
