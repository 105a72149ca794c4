using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Courier.Answers;

/// <summary>What an answer's body is by its labels, as they come: a doubled or malformed <c>Content-Type</c>, a byte order mark, another charset than UTF-8.</summary>
/// <param name="Claim">What it says it is.</param>
/// <param name="InUtf8">The text, without a byte order mark; null when it is none.</param>
internal readonly partial record struct AnswerText(BodyClaim Claim, ReadOnlyMemory<byte>? InUtf8)
{
    /// <summary>A plain null would be an empty text.</summary>
    private static ReadOnlyMemory<byte>? NoText => null;

    public static AnswerText Of(ReadOnlyMemory<byte> body, string? contentType, bool isEncoded = false) =>
        isEncoded ? new AnswerText(BodyClaim.Data, null) : new AnswerText(ClaimOf(contentType), Text(body, contentType));

    /// <summary>Of a body without a label: JSON, if it is.</summary>
    public static BodyClaim ClaimOf(string? contentType)
    {
        if (contentType is "application/json" or "application/json; charset=utf-8")
            return BodyClaim.Json;
        string[] types = [.. MediaTypes().Matches(contentType ?? "").Select(match => match.Value.ToLowerInvariant())];
        return types.Length == 0 ? BodyClaim.Nothing
            : types.Any(IsJson) ? BodyClaim.Json
            : types[0] is "text/plain" or "text/html" or "text/xml" or "application/xml" ? BodyClaim.Text // to read; a CSV report is a file
            : BodyClaim.Data;
    }

    /// <summary>The first of the media types that the label names, in lower case.</summary>
    public static string? MediaType(string? contentType) => MediaTypes().Match(contentType ?? "") is { Success: true } type ? type.Value.ToLowerInvariant() : null;

    private static bool IsJson(string type) =>
        type is "application/json" or "text/json" or "application/x-json" or "text/x-json" || type.EndsWith("+json", StringComparison.Ordinal);

    private static ReadOnlyMemory<byte>? Text(ReadOnlyMemory<byte> body, string? contentType)
    {
        ReadOnlySpan<byte> bytes = body.Span;
        if (bytes.StartsWith("\uFEFF"u8))
            return Utf8.IsValid(bytes) ? body[3..] : NoText;
        Encoding? encoding = Marked(bytes, out int mark) ?? Named(contentType) ?? Unmarked(bytes);
        if (encoding is null)
            return Utf8.IsValid(bytes) ? body : NoText;
        try
        {
            return Encoding.UTF8.GetBytes(encoding.GetString(bytes[mark..]));
        }
        catch (ArgumentException)
        {
            return null; // not in the charset that it names
        }
    }

    private static Encoding? Marked(ReadOnlySpan<byte> body, out int length)
    {
        (Encoding? encoding, length) = body switch
        {
            [0xFF, 0xFE, 0, 0, ..] => (Strict(new UTF32Encoding(false, false)), 4),
            [0, 0, 0xFE, 0xFF, ..] => (Strict(new UTF32Encoding(true, false)), 4),
            [0xFF, 0xFE, ..] => (Strict(new UnicodeEncoding(false, false)), 2),
            [0xFE, 0xFF, ..] => (Strict(new UnicodeEncoding(true, false)), 2),
            _ => ((Encoding?)null, 0),
        };
        return encoding;
    }

    /// <summary>JSON begins with an ASCII character: a zero beside it shows its width (RFC 4627, 3).</summary>
    private static Encoding? Unmarked(ReadOnlySpan<byte> body) => body switch
    {
        [not 0, 0, not 0, 0, ..] => Strict(new UnicodeEncoding(false, false)),
        [0, not 0, 0, not 0, ..] => Strict(new UnicodeEncoding(true, false)),
        _ => null,
    };

    /// <summary>Null for UTF-8, and for a name that nobody knows.</summary>
    private static Encoding? Named(string? contentType)
    {
        if (contentType is null || contentType.EndsWith("charset=utf-8", StringComparison.OrdinalIgnoreCase) || !contentType.Contains("charset", StringComparison.OrdinalIgnoreCase))
            return null;
        string name = Charset().Match(contentType).Groups[1].Value.ToLowerInvariant();
        if (name is "" or "utf-8" or "utf8" or "us-ascii" or "ascii")
            return null;
        try
        {
            return Strict(CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding Strict(Encoding encoding)
    {
        Encoding strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    [GeneratedRegex(@"[a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+-]+", RegexOptions.CultureInvariant)]
    private static partial Regex MediaTypes();

    [GeneratedRegex("charset\\s*=\\s*[\"']?([^\\s\"';,]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();
}
