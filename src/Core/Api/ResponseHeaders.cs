using System.Collections.Frozen;
using System.Net.Http.Headers;
using Courier.Answers;
using Courier.Origin;

namespace Courier.Api;

/// <summary>The response headers that results and dead letters keep. A list of what is kept, not of what is dropped: a cookie or token never gets through.</summary>
internal static class ResponseHeaders
{
    /// <summary>Ends a value that was cut. No header that comes over the network holds this character.</summary>
    public const char CutMark = '…';

    private const int LongestValue = 2048;

    /// <summary>Whoever follows it needs it whole, and it may hold the addresses of several pages.</summary>
    private const int LongestLink = 8 * 1024;

    private static readonly FrozenDictionary<string, string> s_kept = new[]
    {
        "content-type", "content-encoding", "content-language", "content-disposition", "date", "etag", "last-modified", "link", "location", "retry-after",
        "x-request-id", "request-id", "x-correlation-id", "x-trace-id", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
        "x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset",
        "ratelimit", "ratelimit-policy", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "deprecation", "sunset",
    }.ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyDictionary<string, string> Keep(HttpResponseMessage response, ResponseContent content, KeyRedaction redaction)
    {
        Dictionary<string, string> kept = new(StringComparer.OrdinalIgnoreCase);
        Add(response.Headers.NonValidated, kept, redaction);
        Add(content.Received.NonValidated, kept, redaction);
        if (content.Body is { IsEncoded: false, Incomplete: null })
            kept.Remove("content-encoding"); // it is undone
        return kept;
    }

    private static void Add(HttpHeadersNonValidated headers, Dictionary<string, string> kept, KeyRedaction redaction)
    {
        foreach ((string name, HeaderStringValues values) in headers)
        {
            if (!s_kept.TryGetValue(name, out string? key))
                continue;
            string value = values.ToString();
            int longest = key == "link" ? LongestLink : LongestValue;
            if (value.Length > longest)
                value = redaction.Clean(value); // before it is cut: nobody would find half of a secret
            kept[key] = value.Length <= longest ? value : value[..(longest - 1)] + CutMark;
        }
    }
}
