using System.Globalization;
using System.Text;

namespace Courier.Tests.Answers;

/// <summary>An answer by chance: status, head, coding, framing, body and where it is cut; and what must become of its request.</summary>
/// <param name="Resets">At its end the connection is broken, not closed.</param>
/// <param name="IsStatusSent">False when it is cut within its head.</param>
internal sealed record GeneratedAnswer(string Method, bool Paginates, int Status, byte[] Bytes, bool Resets, bool IsStatusSent)
{
    private static readonly int[] s_statuses =
    [
        200, 200, 200, 200, 201, 202, 204, 206, 299, 300, 301, 302, 303, 304, 307, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 412, 413, 415, 418, 422, 423, 425, 429, 429, 451,
        499, 500, 501, 502, 503, 504, 507, 511, 520, 599, 600, 999,
    ];

    /// <summary>What asks for a pause asks for none, or for more than the process waits.</summary>
    private static readonly string[] s_heads =
    [
        "Retry-After: 11", "Retry-After: 3600", "Retry-After: 12.5", "Retry-After: 0", "Retry-After: soon", "Retry-After: Thu, 31 Dec 2099 23:59:59 GMT", "Retry-After: Sun Nov  6 08:49:37 1994",
        "Retry-After: 99999999999999999999999", "Retry-After: -5", "retry-after-ms: 60000", "X-RateLimit-Reset: 4102444800", "RateLimit-Reset: 60", "Date: yesterday", "Date: Thu, 01 Jan 2026 00:00:00 GMT",
        "Link: </r0?page=2>; rel=\"next\"", "Link: <//evil.example/x>; rel='next'", "Link: <broken", "Link: <?page=2>; rel=prev, <?page=3>; rel=\"last NEXT\"", "Link: " + new string('x', 9000),
        "X-Request-Id: abc", "X-Request-Id: \u00e9\u00ff", "ETag: W/\"1\"", "Location: https://evil.example/", "Set-Cookie: a=b", "Content-Language: de", "Content-Disposition: attachment; filename=\"a\"",
        "Empty:", "Warning: 199 - \"odd\"", "Content-Type: text/html", "Last-Modified: 0", "Expires: 0", "Allow: GET", "Content-MD5: x", "Content-Range: bytes 0-1/5", "Via: 1.1 \u00fcber",
    ];

    private static readonly string[] s_types =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "text/json", "application/problem+json", "application/json, application/json", "json", "",
        "text/plain", "text/html; charset=iso-8859-1", "text/csv", "application/pdf", "application/octet-stream", "application/json; charset=utf-7", ";;;", "text/plain; charset=\"\"", "application/xml",
    ];

    private static readonly string[] s_bodies =
    [
        "", "{}", "[]", "null", "NaN", "\"text\"", "{\"a\":1}", "{\"a\":\"\\ud800\"}", "\uFEFF{\"a\":1}", "<html><title>502 Bad Gateway</title></html>", "a;b\r\n1;2", "{\"error\":{\"message\":\"why\"}}",
        "{\"errors\":{\"name\":[\"is required\"]}}", "{\"next_cursor\":\"abc\"}", "{\"next_cursor\":9223372036854775807}", "{\"next_cursor\":{\"a\":1}}", "{\"next_cursor\":true}", "{\"next_cursor\":\"\\udc00\"}",
        "{\"entries\":[1,2],\"total\":5,\"size\":2,\"page\":1}", "{\"entries\":[1,2],\"total\":5}", "{\"entries\":[1,2],\"total\":1e30,\"size\":-2,\"page\":1}", "{\"entries\":[1,2,\"half", "\0\u0001\uFFFE", "[[[[[[[[[[",
    ];

    public static GeneratedAnswer Make(Random random)
    {
        int status = Pick(random, s_statuses);
        bool isGet = random.Next(3) > 0;
        byte[] body = Coded(random, Body(random), out string coding);
        StringBuilder head = new(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status:000} {Pick(random, ["OK", "", "Too Many\tWords"])}\r\nConnection: close\r\n{coding}"));
        if (Pick(random, s_types) is { Length: > 0 } type)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        for (int more = random.Next(5); more > 0; more--)
            head.Append(Pick(random, s_heads)).Append("\r\n");
        byte[] framed = Framed(random, head, body);
        byte[] start = Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
        int length = random.Next(3) > 0 ? start.Length + framed.Length : random.Next(8) > 0 ? start.Length + random.Next(framed.Length + 1) : random.Next(start.Length);
        return new GeneratedAnswer(
            isGet ? "GET" : Pick(random, ["POST", "DELETE", "PUT", "PATCH"]), isGet && random.Next(2) == 0, status, ((byte[])[.. start, .. framed])[..length], random.Next(4) == 0, length >= start.Length);
    }

    public string Request(int number) => $$""" "method":"{{Method}}","path":"/r{{number}}","paginate":{{(Paginates ? "true" : "false")}} """;

    /// <summary>What is wrong with what became of it; empty when all is right.</summary>
    public string Fault(string outcome, int calls)
    {
        bool repeats = Method is "GET" or "PUT" or "DELETE";
        if (!IsStatusSent)
            return outcome == (repeats ? "later unreachable" : "outcome-unknown") ? "" : $"no status was sent, and it became '{outcome}'";
        if (outcome != Expected(repeats) && !(Status <= 299 && IsGoodEnd(outcome, repeats)))
            return $"{Status} to {Method} became '{outcome}'";
        bool mayRepeat = repeats && (Status is 408 or 425 or <= 299 || IsServerError);
        return calls == 1 || (mayRepeat && calls == 2) ? "" : $"{Status} to {Method} was called {calls} times";
    }

    public override string ToString() => Encoding.Latin1.GetString(Bytes);

    private bool IsServerError => Status is 408 or 425 or (>= 500 and <= 599);

    private string Expected(bool repeats) => Status switch
    {
        >= 300 and <= 399 => $"redirected {Status}",
        400 => "bad-request 400",
        401 => "unauthorized 401",
        403 => "forbidden 403",
        404 => "not-found 404",
        429 => "later rate-limited 429",
        _ when IsServerError => $"later server-error {Status}",
        >= 400 => $"rejected {Status}",
        _ => repeats ? $"later answer-unreadable {Status}" : $"answer-unreadable {Status}",
    };

    private bool IsGoodEnd(string outcome, bool repeats) =>
        outcome == $"result {Status}" || outcome == $"response-too-large {Status}" || (Paginates && repeats && (outcome == $"page-unreadable {Status}" || outcome == $"result {Status} and next-page-refused"));

    private static byte[] Body(Random random)
    {
        string text = Pick(random, s_bodies);
        return random.Next(12) switch
        {
            0 => Encoding.Unicode.GetBytes(text),
            1 => Encoding.Latin1.GetBytes(text),
            2 => [.. Enumerable.Range(0, random.Next(6000)).Select(_ => (byte)random.Next(256))],
            3 => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, random.Next(2000)))}]"),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private static byte[] Coded(Random random, byte[] body, out string head)
    {
        string coding = Pick(random, ["", "", "", .. Compressed.Codings]);
        head = coding.Length == 0 ? "" : $"Content-Encoding: {coding}\r\n";
        byte[] coded = coding.Length == 0 ? body : Compressed.As(coding, body);
        switch (random.Next(10))
        {
            case 0: // a label that is wrong
                head = $"Content-Encoding: {Pick(random, ["gzip", "deflate", "br", "zstd", "lzma", "identity", "gzip, br", ",,", "GZIP"])}\r\n";
                break;
            case 1 when coded.Length > 0:
                coded = coded[..random.Next(coded.Length)];
                break;
            case 2 when coded.Length > 0:
                coded[random.Next(coded.Length)] ^= (byte)(1 << random.Next(8));
                break;
        }

        return coded;
    }

    private static byte[] Framed(Random random, StringBuilder head, byte[] body)
    {
        switch (random.Next(4))
        {
            case 0:
                return body; // until the connection ends
            case 1:
                head.Append("Transfer-Encoding: chunked\r\n");
                byte[] chunk = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{body.Length:x}\r\n")), .. body, .. "\r\n"u8];
                return [.. body.Length > 0 ? chunk : [], .. random.Next(10) > 0 ? "0\r\n\r\n"u8 : "zz\r\n"u8];
            default:
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Math.Max(0, body.Length + (random.Next(8) == 0 ? random.Next(-3, 20) : 0))}\r\n");
                return body;
        }
    }

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
