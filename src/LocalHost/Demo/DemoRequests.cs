using Courier.ApiSimulator;

namespace Courier.LocalHost.Demo;

/// <summary>The sample requests, and the faults that the simulated API is told to have for them.</summary>
internal static class DemoRequests
{
    public static IReadOnlyList<Fault> Faults { get; } =
    [
        new() { Match = "/companies/example.com?show=revoked", Status = 401 },
        new() { Match = "/companies/example.com?show=throttled", Status = 429, RetryAfter = "3", Times = 1 },
        new() { Match = "/companies/example.com?show=blip", Status = 503, Times = 1 },
        new() { Match = "/companies/example.com?show=slow-recovery", Status = 503, Times = 4 },
        new() { Match = "/companies/example.com?show=broken", Status = 500 },
        new() { Match = "/companies/example.com?show=dropped", Drop = true, Times = 1 },
        new() { Match = "POST /portfolios?dropped=1", Drop = true },
        new() { Match = "/companies/example.com?status=409", Status = 409 },
        new() { Match = "/portfolios?show=astray", Headers = new Dictionary<string, string> { ["Link"] = "<https://evil.example/portfolios?page=2>; rel=\"next\"" } },
        new() { Match = "/portfolios?show=half-a-page", Body = "{\"entries\":[" },
        new() { Match = "POST /portfolios?mislabelled=1", Status = 201, Body = "no gzip", Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } },
    ];

    public static IReadOnlyList<Fault> Outage { get; } = [new() { Match = "/companies/example.com?outage=*", Status = 503 }];

    public static IEnumerable<DemoRequest> EachOutcome(string run, DateTimeOffset now) =>
    [
        Request(run, "get", """ "method":"GET","path":"/companies/example.com","metadata":{"for":"you"} """),
        Request(run, "create", """ "method":"POST","path":"/portfolios","body":{"name":"Suppliers"},"headers":{"Idempotency-Key":"demo"} """),
        Request(run, "delete-without-reply", """ "method":"DELETE","path":"/portfolios/abc/companies/beacon-0001.example","reply":false """),
        Request(run, "large-answer", """ "method":"GET","path":"/large","query":{"bytes":50000} """),
        Request(run, "csv-report", """ "method":"GET","path":"/reports/abc" """),
        Request(run, "list", """ "method":"GET","path":"/portfolios/abc/companies","paginate":true """) with { Pages = 3 },
        Request(run, "list-astray", """ "method":"GET","path":"/portfolios?show=astray","paginate":true """) with { Pages = 2 },
        Request(run, "list-unreadable", """ "method":"GET","path":"/portfolios?show=half-a-page","paginate":true """),
        Request(run, "redirected", """ "method":"GET","path":"/moved" """),
        Request(run, "bad-request", """ "method":"POST","path":"/portfolios","body":"not what it wants" """),
        Request(run, "unauthorized", """ "method":"GET","path":"/companies/example.com?show=revoked" """),
        Request(run, "forbidden", """ "method":"GET","path":"/portfolios/restricted" """),
        Request(run, "not-found", """ "method":"GET","path":"/portfolios/no-such-portfolio" """),
        Request(run, "rejected-405", """ "method":"DELETE","path":"/companies/example.com" """),
        Request(run, "rejected-409", """ "method":"GET","path":"/companies/example.com","query":{"status":409} """),
        Request(run, "rate-limited", """ "method":"GET","path":"/companies/example.com?show=throttled" """),
        Request(run, "blip", """ "method":"GET","path":"/companies/example.com?show=blip" """),
        Request(run, "slow-recovery", """ "method":"GET","path":"/companies/example.com?show=slow-recovery" """),
        Request(run, "connection-lost", """ "method":"GET","path":"/companies/example.com?show=dropped" """),
        Request(run, "outcome-unknown", """ "method":"POST","path":"/portfolios?dropped=1","body":{"name":"Twice?"} """),
        Request(run, "answer-unreadable", """ "method":"POST","path":"/portfolios?mislabelled=1","body":{"name":"Made"} """),
        Request(run, "attempts-exhausted", """ "method":"GET","path":"/companies/example.com?show=broken" """),
        Request(run, "expired", $""" "method":"GET","path":"/companies/example.com","expiresAt":"{now.AddHours(-1):O}" """),
        Request(run, "another-host", """ "method":"GET","path":"//evil.example/steal" """),
        Request(run, "own-key", """ "method":"GET","path":"/me","headers":{"Authorization":"Token mine"} """),
        Request(run, "crashed", """ "method":"GET","path":"/companies/example.com" """) with { IsPoison = true },
    ];

    public static IEnumerable<DemoRequest> DuringOutage(string run) =>
        Enumerable.Range(1, 12).Select(i => Request(run, $"outage-{i}", $$""" "method":"GET","path":"/companies/example.com?outage={{i}}" """));

    private static DemoRequest Request(string run, string name, string fields)
    {
        string id = $"demo-{run}-{name}";
        return new DemoRequest(id, $$"""{"id":"{{id}}",{{fields}}}""");
    }
}
