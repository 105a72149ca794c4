namespace Courier.Storage;

/// <summary>A content type as a blob can have it. An answer's own may be anything: it came from outside.</summary>
public static class StorableType
{
    private const string Unknown = "application/octet-stream";
    private const int Longest = 256;

    /// <summary>Itself, where it is printable ASCII without spaces around it and not too long for a header; else that of bytes.</summary>
    public static string Of(string? contentType) =>
        contentType is { Length: > 0 and <= Longest } && contentType[0] != ' ' && contentType[^1] != ' ' && !contentType.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? contentType
            : Unknown;
}
