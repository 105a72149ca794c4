using Courier.Answers;

namespace Courier.Api;

/// <summary>An answer of the API, as far as it came.</summary>
/// <param name="Headers">The ones worth keeping, names in lower case; never a cookie or a credential.</param>
/// <param name="Body">The beginning, where it is longer than <c>Api:MaxResponseBytes</c>.</param>
/// <param name="IsCut">The body was longer.</param>
public sealed record ApiResponse(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, bool IsCut = false)
{
    /// <summary>The sentence that says why the body is not whole; null when it is, or was only cut.</summary>
    public string? Incomplete { get; init; }

    /// <summary>The body is still in the encoding that the header <c>content-encoding</c> names, for want of a way to undo it.</summary>
    public bool IsEncoded { get; init; }

    /// <summary>What follows is missing: the end may be half of anything.</summary>
    public bool EndsEarly => IsCut || Incomplete is not null;

    internal AnswerText Text => AnswerText.Of(Body, ContentType, IsEncoded);

    public string? ContentType => Headers.GetValueOrDefault("content-type");
}
