using System.IO.Compression;

namespace Courier.Answers;

/// <summary>Undoes <c>Content-Encoding</c> (RFC 9110, 8.4), by streams that know where a compressed body ends: one that ends early is an error, not a shorter body.</summary>
internal static class ContentCodings
{
    /// <summary>What Courier asks for. zstd is read too, should it come unasked.</summary>
    public const string Accepted = "gzip, deflate, br";

    /// <param name="header">As it came; several codings were applied in the order in which they stand.</param>
    /// <returns>The body without them; null when one of them is unknown.</returns>
    public static Stream? Undo(string header, Stream body)
    {
        string[] codings = [.. header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(coding => coding.ToLowerInvariant())];
        if (codings.Any(coding => coding is not ("identity" or "gzip" or "x-gzip" or "deflate" or "br" or "zstd")))
            return null;
        foreach (string coding in codings.Reverse())
            body = Undone(coding, body);
        return body;
    }

    private static Stream Undone(string coding, Stream body) => coding switch
    {
        "gzip" or "x-gzip" => new InflatingStream(body, isGzip: true),
        "deflate" => new InflatingStream(body, isGzip: false),
        "br" => new BrotliInput(body),
        "zstd" => new ZstandardInput(body),
        _ => body,
    };
}
