namespace Courier.Api;

/// <summary>An answer of the API, read whole.</summary>
/// <param name="Headers">The ones worth keeping, names in lower case; never a cookie or a credential.</param>
/// <param name="Body">Cut at <c>Api:MaxResponseBytes</c>.</param>
/// <param name="IsCut">The body was longer.</param>
public sealed record ApiResponse(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, bool IsCut = false)
{
    public string? ContentType => Headers.GetValueOrDefault("content-type");
}
