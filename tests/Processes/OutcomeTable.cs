using Courier.ApiSimulator;

namespace Courier.Processes;

/// <summary>The table "What becomes of a request" of README.md, as requests. With Routing:MaxAttempts 2, Routing:MaxRefusals 2, and three retries in the process.</summary>
public static class OutcomeTable
{
    private const string Get = """ "method":"GET","path":"/companies/example.com?row={row}" """;
    private const string Post = """ "method":"POST","path":"/portfolios?row={row}","body":{"name":"Once"} """;

    public static IReadOnlyList<OutcomeRow> Rows { get; } =
    [
        new("2xx", Get, "result", 1),
        new("2xx-without-reply", Get + ""","reply":false """, "nothing", 1),
        new("2xx-large", """ "method":"GET","path":"/large?bytes=50000&row={row}" """, "result", 1),
        new("2xx-report", """ "method":"GET","path":"/reports/abc?row={row}" """, "result", 1),
        new("2xx-too-large", """ "method":"GET","path":"/large?bytes=200000&row={row}" """, "response-too-large", 1),
        new("2xx-to-a-large-request", $$""" "method":"PUT","path":"/portfolios/abc?row={row}","body":{"name":"{{new string('x', 45_000)}}"} """, "result", 6)
            { Fault = new Fault { Match = "", Status = 503, Times = 5 }, Before = ["server-error"] },
        new("2xx-to-a-claim-check", $$""" "method":"PUT","path":"/portfolios/abc?row={row}","body":{"name":"{{new string('x', 70_000)}}"} """, "result", 1),
        new("list", """ "method":"GET","path":"/portfolios/abc/companies?row={row}","paginate":true """, "result", 1) { Pages = [("~2", "result"), ("~3", "result")] },
        new("list-astray", """ "method":"GET","path":"/portfolios?row={row}","paginate":true """, "result", 1)
        {
            Fault = new Fault { Match = "", Headers = new Dictionary<string, string> { ["Link"] = "<https://evil.example/portfolios?page=2>; rel=\"next\"" } },
            Pages = [("~2", "next-page-refused")],
        },
        new("list-unreadable", """ "method":"GET","path":"/portfolios?row={row}","paginate":true """, "page-unreadable", 1) { Fault = new Fault { Match = "", Body = "{\"entries\":[" } },
        new("304", Get + ""","headers":{"If-None-Match":"\"1\""} """, "result", 1) { Fault = new Fault { Match = "", Status = 304 } },
        new("3xx", """ "method":"GET","path":"/moved?row={row}" """, "redirected", 1),
        Failing("400", "bad-request"),
        Failing("401", "unauthorized"),
        Failing("403", "forbidden"),
        Failing("404", "not-found"),
        Failing("405", "rejected"),
        Failing("409", "rejected"),
        Failing("410", "rejected"),
        Failing("413", "rejected"),
        Failing("415", "rejected"),
        Failing("422", "rejected"),
        new("429", Get, "result", 2) { Fault = new Fault { Match = "", Status = 429, RetryAfter = "1", Times = 1 }, Before = ["rate-limited"] },
        new("429-for-good", Get, "attempts-exhausted", 2) { Fault = new Fault { Match = "", Status = 429, RetryAfter = "1" }, Before = ["rate-limited"], Says = "with 429 each time, 2 times in a row" },
        new("408-for-a-while", Get, "result", 6) { Fault = new Fault { Match = "", Status = 408, Times = 5 }, Before = ["server-error"] },
        new("425-for-a-while", Get, "result", 6) { Fault = new Fault { Match = "", Status = 425, Times = 5 }, Before = ["server-error"] },
        new("5xx-once", Get, "result", 2) { Fault = new Fault { Match = "", Status = 503, Times = 1 } },
        new("5xx-for-a-while", Get, "result", 6) { Fault = new Fault { Match = "", Status = 502, Times = 5 }, Before = ["server-error"] },
        new("5xx-for-good", Get, "attempts-exhausted", 8) { Fault = new Fault { Match = "", Status = 500 }, Before = ["server-error"] },
        new("no-answer-once", Get, "result", 2) { Fault = new Fault { Match = "", Drop = true, Times = 1 } },
        new("no-answer-to-a-post", Post, "outcome-unknown", 1) { Fault = new Fault { Match = "", Drop = true } },
        new("cancelled", Get, "cancelled", 0) { IsCancelled = true, Says = "An operator cancelled it" },
        new("expired", Get + ""","expiresAt":"2020-01-01T00:00:00Z" """, "expired", 0),
        new("another-host", """ "method":"GET","path":"//evil.example/?row={row}" """, "invalid-message", 0),
        new("own-key", Get + ""","headers":{"Authorization":"Token mine"} """, "invalid-message", 0),
    ];

    private static OutcomeRow Failing(string status, string reason) => new(status, Get, reason, 1)
    {
        Fault = new Fault { Match = "", Status = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture) },
    };
}
