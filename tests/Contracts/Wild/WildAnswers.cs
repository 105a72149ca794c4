using System.IO.Compression;
using System.Text;

namespace Courier.Contracts.Wild;

/// <summary>
/// The table of answers as gateways, proxies and real APIs send them. Calls are repeated once in the process, an attempt takes two seconds
/// at most and a call five (<see cref="Settings"/>).
/// </summary>
public static class WildAnswers
{
    private const string Post = """ "method":"POST","path":"/list","body":{} """;
    private const string Pages = """ "method":"GET","path":"/list","paginate":true """;
    private const string Why = """{"error":{"message":"why"}}""";
    private const string Json = "Content-Type: application/json\n";
    private const string Gzip = Json + "Content-Encoding: gzip\n";

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Resilience:AttemptTimeout"] = "00:00:02",
        ["Resilience:TotalTimeout"] = "00:00:05",
        ["Resilience:Retries"] = "1",
        ["Resilience:BaseDelay"] = "00:00:00.010",
        ["Resilience:BreakerMinimumThroughput"] = "1000",
    };

    public static IReadOnlyList<WildAnswer> All { get; } =
    [
        .. StatusCounts(), .. Compressed(), .. Lists(), .. Timeouts(), .. RetryAfters(), .. Bodies(), .. Messages(), .. SmallOnes(),
    ];

    private static IEnumerable<WildAnswer> StatusCounts()
    {
        byte[] why = Encoding.UTF8.GetBytes(Why);
        byte[] ok = Encoding.UTF8.GetBytes("""{"ok":true}""");
        yield return new("404 labelled gzip and plain", [RawAnswer.Of(404, Gzip, why)], "not-found 404", 1, "\"apiMessage\":\"why\"", "\"incomplete\":");
        yield return new("404 cut", [RawAnswer.Framed(404, Json, why, 900)], "not-found 404", 1, "\"incomplete\":\"The connection broke before its end.\"");
        yield return new("404 reset", [RawAnswer.Framed(404, Json, why, 900, RawEnd.Reset)], "not-found 404", 1);
        yield return new("404 that stalls", [RawAnswer.Framed(404, Json, why, 900, RawEnd.Stall)], "not-found 404", 1, "\"incomplete\":\"It had not come to its end in time.\"", "\"apiMessage\":");
        yield return new("400 in a broken chunk", [new RawAnswer(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))], "bad-request 400", 1);
        yield return new("422 to a POST, cut", [RawAnswer.Framed(422, Json, why, 900)], "rejected 422", 1) { Request = Post };
        yield return new("201 to a POST, cut", [RawAnswer.Framed(201, Json, ok, 900)], "answer-unreadable 201", 1, "the request was carried out") { Request = Post };
        yield return new("201 to a POST that stalls", [RawAnswer.Framed(201, Json, ok, 900, RawEnd.Stall)], "answer-unreadable 201", 1) { Request = Post };
        yield return new("201 to a POST, mislabelled", [RawAnswer.Of(201, Gzip, ok)], "answer-unreadable 201", 1) { Request = Post };
        yield return new("200 to a GET, cut, then whole", [RawAnswer.Framed(200, Json, ok, 900), RawAnswer.Of(200, Json, ok)], "result 200", 2, "\"body\":{\"ok\":true}");
        yield return new("200 to a GET, always cut", [RawAnswer.Framed(200, Json, ok, 900)], "later answer-unreadable 200", 2);
        yield return new("429 cut", [RawAnswer.Framed(429, Json + "Retry-After: 60\n", why, 900)], "later rate-limited 429", 1);
        yield return new("503 cut", [RawAnswer.Framed(503, Json, why, 900)], "later server-error 503", 2, "\"status\":503");
        yield return new("chunks without an end", [RawAnswer.Chunked(403, Json, why, isWhole: false)], "forbidden 403", 1, "\"apiMessage\":\"why\"");
        yield return new("no answer to a POST", [new RawAnswer([])], "outcome-unknown", 1) { Request = Post };
    }

    private static IEnumerable<WildAnswer> Compressed()
    {
        byte[] whole = Encoding.UTF8.GetBytes($$"""{"text":"{{string.Join(' ', Enumerable.Range(0, 200))}}"}""");
        foreach ((string coding, Func<Stream, Stream> compress) in new (string, Func<Stream, Stream>)[]
        {
            ("gzip", to => new GZipStream(to, CompressionLevel.Fastest)), ("x-gzip", to => new GZipStream(to, CompressionLevel.Fastest)),
            ("deflate", to => new ZLibStream(to, CompressionLevel.Fastest)), ("br", to => new BrotliStream(to, CompressionLevel.Fastest)),
        })
        {
            using MemoryStream compressed = new();
            using (Stream stream = compress(compressed))
                stream.Write(whole);
            string head = $"{Json}Content-Encoding: {coding}\n";
            yield return new($"{coding}, whole", [RawAnswer.Of(200, head, compressed.ToArray())], "result 200", 1, "\"body\":{\"text\":\"0 1 2");
            yield return new($"{coding} that ends early", [RawAnswer.Of(200, head, compressed.ToArray()[..^5])], "later answer-unreadable 200", 2);
            yield return new($"{coding} in chunks that ends early", [RawAnswer.Chunked(200, head, compressed.ToArray()[..^1])], "later answer-unreadable 200", 2);
        }

        yield return new("unknown encoding", [RawAnswer.Of(200, Json + "Content-Encoding: lzma\n", whole)], "result 200", 1, "\"content-encoding\":\"lzma\"", "\"bodyRef\":\"api-results/row.bin\"");
    }

    private static IEnumerable<WildAnswer> Lists()
    {
        static WildAnswer Row(string name, string body, string outcome, params string[] holds) =>
            new(name, [RawAnswer.Of(200, Json, body)], outcome, 1, holds) { Request = Pages };

        static WildAnswer Linked(string name, string link, params string[] holds) =>
            new(name, [RawAnswer.Of(200, Json + $"Link: {link}\n", "{}")], "result 200", 1, holds) { Request = Pages };

        const string first = "\"page\":{\"number\":1,\"next\":\"row~2\"}", last = "\"page\":{\"number\":1,\"next\":null}";
        yield return Row("cursor of 19 digits", """{"next_cursor":9223372036854775807}""", "result 200", first);
        yield return Row("cursor that is an object", """{"next_cursor":{"a":1}}""", "result 200 and next-page-refused", first);
        yield return Row("cursor that is true", """{"next_cursor":true}""", "result 200 and next-page-refused", first);
        yield return Row("cursor 0", """{"next_cursor":0}""", "result 200", last);
        yield return Row("page that is HTML", "<html></html>", "page-unreadable 200");
        yield return Row("half a page", """{"entries":[1,2""", "page-unreadable 200");
        yield return Row("empty page", "", "page-unreadable 200", "The page is empty.");
        yield return Row("page NaN", "NaN", "page-unreadable 200");
        yield return Row("page 1 of 3", """{"entries":[1,2],"total":5,"size":2,"page":1}""", "result 200", first);
        yield return Row("more entries, and nowhere to go", """{"entries":[1,2],"total":5}""", "result 200 and next-page-refused", first);
        yield return Row("all of a list", """{"entries":[1,2],"total":2,"size":2,"page":1}""", "result 200", last);
        yield return Linked("relation in other quotes", "</list?page=2>; rel='next'", first);
        yield return Linked("relation in capitals among others", "</list?page=2>; REL=\"last NEXT\"", first);
    }

    private static IEnumerable<WildAnswer> Timeouts()
    {
        RawAnswer slow = RawAnswer.Of(503, Json + "Retry-After: 9\nX-Request-Id: abc\n", Why) with { Delay = TimeSpan.FromMilliseconds(300) };
        yield return new("503 that asks for more than the call's time", [slow], "later server-error 503", 1, "\"status\":503");
        yield return new("503, then nothing", [RawAnswer.Of(503, Json, Why), new RawAnswer([], RawEnd.Stall)], "later server-error 503", 2, "\"status\":503", "\"failure\":");
        yield return new("503, then no connection", [RawAnswer.Of(503, Json, Why), new RawAnswer([], RawEnd.Reset)], "later server-error 503", 2, "\"status\":503");
    }

    private static IEnumerable<WildAnswer> RetryAfters()
    {
        foreach (string asked in new[] { "6.5", "7.0", "Thu, 31 Dec 2099 23:59:59 GMT", "Thursday, 31-Dec-2099 23:59:59 GMT", "Thu Dec 31 23:59:59 2099", "Mon, 31 Dec 2099 23:59:59 GMT" })
            yield return new($"429 with Retry-After: {asked}", [RawAnswer.Of(429, $"Retry-After: {asked}\n")], "later rate-limited 429", 1);
        yield return new("429 with two lines", [RawAnswer.Of(429, "Retry-After: 5\nRetry-After: 60\n")], "later rate-limited 429", 1);
        yield return new("429 with another header", [RawAnswer.Of(429, "X-RateLimit-Reset: 60\n")], "later rate-limited 429", 1);
    }

    private static IEnumerable<WildAnswer> Bodies()
    {
        const string name = "\"body\":{\"name\":\"Zoë\"}";
        byte[] latin = Encoding.Latin1.GetBytes("{\"name\":\"Zoë\"}"), utf16 = Encoding.Unicode.GetBytes("{\"name\":\"Zoë\"}"), marked = Encoding.UTF8.GetBytes("\uFEFF{\"name\":\"Zoë\"}");
        yield return new("JSON with a byte order mark", [RawAnswer.Of(200, Json, marked)], "result 200", 1, name);
        yield return new("JSON in Latin-1", [RawAnswer.Of(200, "Content-Type: application/json; charset=iso-8859-1\n", latin)], "result 200", 1, name);
        yield return new("JSON in UTF-16", [RawAnswer.Of(200, "Content-Type: application/json; charset=utf-16\n", utf16)], "result 200", 1, name);
        foreach (string type in new[] { "text/json", "application/x-json", "application/json, application/json", "application/json:charset=utf-8" })
            yield return new($"JSON called {type}", [RawAnswer.Of(200, $"Content-Type: {type}\n", """{"a":1}""")], "result 200", 1, "\"body\":{\"a\":1}");
        yield return new("NaN", [RawAnswer.Of(200, Json, """{"a":NaN}""")], "result 200", 1, """ "body":"{\"a\":NaN}" """.Trim(), "\"bodyNote\":\"It calls itself JSON, but is none");
        yield return new("half of a surrogate pair", [RawAnswer.Of(200, Json, """{"a":"\ud800"}""")], "result 200", 1, "\"bodyNote\":");
    }

    private static IEnumerable<WildAnswer> Messages()
    {
        yield return new("validation problem", [RawAnswer.Of(400, "Content-Type: application/problem+json\n", """{"title":"Invalid","errors":{"name":["is required"]}}""")],
            "bad-request 400", 1, "\"apiMessage\":\"Invalid: name: is required\"");
        yield return new("faults in a list", [RawAnswer.Of(422, Json, """{"error":{"message":"Bad","errors":[{"field":"name","message":"is required"}]}}""")],
            "rejected 422", 1, "\"apiMessage\":\"Bad: name: is required\"");
    }

    private static IEnumerable<WildAnswer> SmallOnes()
    {
        yield return new("304 to a conditional request", [RawAnswer.Of(304, "ETag: \"1\"\n")], "result 304", 1, "\"unchanged\":true")
        {
            Request = """ "method":"GET","path":"/list","headers":{"If-None-Match":"\"1\""} """,
        };
        yield return new("304 unasked", [RawAnswer.Of(304)], "redirected 304", 1);
        yield return new("DELETE that may have happened", [new RawAnswer([]), RawAnswer.Of(404, Json, Why)], "not-found 404", 2, "may have deleted it", "\"tries\":[{\"failure\":")
        {
            Request = """ "method":"DELETE","path":"/list" """,
        };
        yield return new("DELETE that did not", [RawAnswer.Of(404, Json, Why)], "not-found 404", 1) { Request = """ "method":"DELETE","path":"/list" """ };
        yield return new("302", [RawAnswer.Of(302, "Location: https://elsewhere.example/\n")], "redirected 302", 1);
    }
}
