using System.IO.Compression;

namespace Courier.Answers;

/// <summary>Undoes <c>Content-Encoding</c> (RFC 9110, 8.4), by streams that know where a compressed body ends: one that ends early is an error, not a shorter body.</summary>
internal static class ContentCodings
{
    /// <summary>What Courier asks for: codings that take 32 KiB to undo. br and zstd take as many MiB as whoever packed says; they are read too, should they come unasked.</summary>
    public const string Accepted = "gzip, deflate";

    /// <summary>Each takes memory of its own.</summary>
    private const int MostCodings = 3;

    /// <param name="header">As it came; several codings were applied in the order in which they stand.</param>
    /// <returns>The body without them; null when one of them is unknown, or there are more than anybody applies.</returns>
    public static Stream? Undo(string header, Stream body)
    {
        string[] codings = [.. header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(coding => coding.ToLowerInvariant())];
        if (codings.Length > MostCodings || codings.Any(coding => coding is not ("identity" or "gzip" or "x-gzip" or "deflate" or "br" or "zstd")))
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
