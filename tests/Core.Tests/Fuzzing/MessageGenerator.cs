using System.Globalization;
using System.Net;
using System.Text;

namespace Courier.Tests.Fuzzing;

/// <summary>Messages made by chance: requests of every field, good and hostile, with secrets in them however they are spelt, in every form that a queue may bring.</summary>
/// <param name="isEdited">Bytes are changed, removed and doubled as well.</param>
internal sealed class MessageGenerator(Random random, string[] secrets, bool isEdited)
{
    private static readonly string[] s_steps =
    [
        "/", ".", "%", "2", "e", "\\", ":", "@", "?", "#", ";", "..", "//", "/../", "%2e", "%2f", "%5c", "%25", "%252e", "%00", "%0d%0a", "%c0%ae", "%ef%bc%8e", "．", "‥", "。", "／", "＼", "％", "\u200B",
        "\t", "\r\n", " ", "\0", "v1", "evil.test", "https:", "api.test", "[", "]", "%ff", "companies", "example.com", "&a=1", "~2",
    ];

    private static readonly string[] s_json =
    [
        "null", "true", "0", "-1", "1e999", "1.10", "9223372036854775808", "\"\"", "\"a\"", "\"ü😀\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[null]", "{\"a\":{\"a\":[1]}}", "\"GET\"", "\"high\"", "\"r1~2\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"2026-01-01T00:05:00Z\"",
    ];

    private static readonly string[] s_fields =
        ["id", "method", "path", "query", "headers", "body", "idempotent", "paginate", "expiresAt", "notBefore", "priority", "batch", "reply", "metadata", "delivery", "Path", "url", "\\u0070ath"];

    private static readonly string[] s_headers = ["Accept", "accept", "Idempotency-Key", "If-Match", "If-None-Match", "Authorization", "X-Tenant", "Host", "Content-Length", "\\u0041ccept"];

    public byte[] Next()
    {
        string text = random.Next(12) == 0 ? "{" + string.Concat(Some(8, () => Pick(s_json) + Pick([":", ",", "}", "]"]))) : Request();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int edits = isEdited ? random.Next(4) : 0; edits > 0; edits--)
            bytes = Edited(bytes);
        return random.Next(20) switch
        {
            0 => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)),
            1 => [0xEF, 0xBB, 0xBF, .. bytes],
            2 => Encoding.Unicode.GetBytes(text),
            _ => bytes,
        };
    }

    /// <summary>Good in most of its fields, so that what is hostile in one is met behind the others.</summary>
    private string Request()
    {
        List<string> fields = [$"\"method\":{Mostly("\"GET\"", () => Pick(["\"POST\"", "\"DELETE\"", "\"PUT\"", "\"PATCH\"", "\"get\"", Text(), Pick(s_json)]))}", $"\"path\":{Mostly(Quoted("/companies/" + Segment()), () => Quoted(Path()))}"];
        fields.AddRange(Some(3, () => random.Next(8) switch
        {
            0 => $"\"query\":{{{string.Join(',', Some(3, () => $"{Text()}:{Mostly(Text(), Json)}"))}}}",
            1 => $"\"headers\":{{\"{Pick(s_headers)}\":{Mostly(Text(), Json)}}}",
            2 => $"\"body\":{Json()}",
            3 => $"\"metadata\":{{{Text()}:{Json()}}}",
            4 => $"\"id\":{Mostly($"\"r{random.Next(1000)}\"", Text)}",
            5 => $"\"paginate\":{Mostly("true", Json)}",
            6 => $"\"delivery\":{Delivery()}",
            _ => $"\"{Pick(s_fields)}\":{Json()}",
        }));
        return "{" + string.Join(',', fields) + "}";
    }

    private string Delivery() => random.Next(4) switch
    {
        0 => $$"""{"attempt":{{Json()}},"firstSeenAt":{{Json()}},"history":[{"at":"2026-01-01T00:00:00Z","outcome":{{Text()}},"status":503,"durationMs":5}],"traceparent":{{Text()}}}""",
        1 => $$"""{"attempt":1,"firstSeenAt":"2026-01-01T00:00:00Z","claimCheck":{{Text()}},"claimDigest":{{Text()}}}""",
        2 => """{"attempt":0,"firstSeenAt":"2026-01-01T00:00:00Z","page":{"number":2,"begun":"2026-01-01T00:00:00Z","seen":"AAAAAAAAAAAAAAAAAAAAAA=="},"history":[]}""",
        _ => $$"""{"attempt":2,"firstSeenAt":"2026-01-01T00:00:00Z","slot":{{Json()}},"firstCallAt":{{Json()}},{{Text()}}:1}""",
    };

    private string Path() => random.Next(4) switch
    {
        0 => string.Concat(Some(8, () => Pick(s_steps))),
        1 => "/" + string.Concat(Some(10, () => Pick(s_steps))),
        2 => "/x/" + Secret(),
        _ => "/" + string.Concat(Some(3, () => "%" + Pick(["2", "25", "252"]) + Pick(["e", "f", "5", "F"]))) + Segment(),
    };

    private string Segment() => Mostly("example.com", () => random.Next(3) == 0 ? Secret() : Uri.EscapeDataString(Pick(s_steps)));

    private string Json() => random.Next(4) switch
    {
        0 => Text(),
        1 => $"{{{Text()}:[{Text()},{Pick(s_json)}]}}",
        _ => Pick(s_json),
    };

    /// <summary>A JSON string; now and then a long one, whose end a cut meets.</summary>
    private string Text() => random.Next(6) switch
    {
        0 => $"\"{Secret()}\"",
        1 => Quoted("a" + Pick(s_steps) + Secret()),
        2 when random.Next(20) == 0 => Quoted(new string('b', random.Next(60, 9000)) + Pick(secrets) + "c"),
        _ => Quoted(Pick(s_steps)),
    };

    private string Secret() => Spelling(Pick(secrets));

    public string Spelling(string secret) => random.Next(8) switch
    {
        0 => string.Concat(secret.Select(c => string.Create(CultureInfo.InvariantCulture, $"%{(int)c:x2}"))),
        1 => string.Concat(secret.Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))),
        2 => string.Concat(secret.Select(c => string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};"))),
        3 => Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('u', random.Next(3)) + secret + ":x")),
        4 => Uri.EscapeDataString(Uri.EscapeDataString(secret)),
        5 => WebUtility.HtmlEncode(secret),
        _ => secret,
    };

    private byte[] Edited(byte[] text)
    {
        int at = random.Next(text.Length), end = Math.Min(text.Length, at + 1 + random.Next(8));
        return random.Next(4) switch
        {
            0 => [.. text[..at], (byte)random.Next(256), .. text[Math.Min(text.Length, at + 1)..]],
            1 when end - at < text.Length => [.. text[..at], .. text[end..]],
            2 => [.. text[..end], .. text[at..end], .. text[end..]],
            _ => [.. text[..at], .. Encoding.UTF8.GetBytes(Pick(s_json)), .. text[end..]],
        };
    }

    private string Mostly(string usual, Func<string> other) => random.Next(7) == 0 ? other() : usual;

    private List<string> Some(int most, Func<string> make) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => make())];

    private string Pick(string[] values) => values[random.Next(values.Length)];

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\u0000", StringComparison.Ordinal) + "\"";
}
