using Courier.ApiSimulator;

namespace Courier.EndToEnd.Tests;

/// <summary>Requests of every outcome, each of which ends the same way however often it is delivered.</summary>
internal static class AllOutcomes
{
    private static readonly (string Name, string Fields, bool Succeeds)[] s_kinds =
    [
        ("ok", """ "method":"GET","path":"/companies/example.com" """, true),
        ("put", """ "method":"PUT","path":"/portfolios/abc","body":{"name":"Suppliers"} """, true),
        ("large-answer", """ "method":"GET","path":"/large","query":{"bytes":50000} """, true),
        ("report", """ "method":"GET","path":"/reports/abc" """, true),
        ("large-request", $$""" "method":"PUT","path":"/portfolios/abc?e2e=failing-once","body":{"name":"{{new string('x', 45_000)}}"} """, true),
        ("throttled", """ "method":"GET","path":"/companies/example.com?e2e=throttled" """, true),
        ("failing-a-while", """ "method":"GET","path":"/companies/example.com?e2e=failing-a-while" """, true),
        ("broken", """ "method":"GET","path":"/companies/example.com?e2e=broken" """, false),
        ("dropped", """ "method":"POST","path":"/portfolios?e2e=dropped","body":{"name":"Once"} """, false),
        ("moved", """ "method":"GET","path":"/moved" """, false),
        ("bad", """ "method":"POST","path":"/portfolios","body":7 """, false),
        ("unauthorized", """ "method":"GET","path":"/companies/example.com?e2e=unauthorized" """, false),
        ("forbidden", """ "method":"GET","path":"/portfolios/restricted" """, false),
        ("missing", """ "method":"GET","path":"/portfolios/none" """, false),
        ("not-allowed", """ "method":"DELETE","path":"/companies/example.com" """, false),
        ("expired", """ "method":"GET","path":"/companies/example.com","expiresAt":"2020-01-01T00:00:00Z" """, false),
        ("hostile", """ "method":"GET","path":"//evil.example/" """, false),
    ];

    public static IEnumerable<Fault> Faults { get; } =
    [
        new() { Match = "*e2e=throttled", Status = 429, RetryAfter = "1", Times = 6 },
        new() { Match = "*e2e=failing-once", Status = 503, Times = 10 },
        new() { Match = "*e2e=failing-a-while", Status = 503, Times = 12 },
        new() { Match = "*e2e=broken", Status = 500 },
        new() { Match = "*e2e=dropped", Drop = true },
        new() { Match = "*e2e=unauthorized", Status = 401 },
        new() { Match = "*", Delay = TimeSpan.FromMilliseconds(100) },
    ];

    public static IReadOnlyList<(string Id, string Message, bool Succeeds)> Requests(int count) =>
        [.. Enumerable.Range(0, count).Select(i => s_kinds[i % s_kinds.Length] is var kind
            ? ($"{i}-{kind.Name}", $$"""{"id":"{{i}}-{{kind.Name}}",{{kind.Fields}}}""", kind.Succeeds)
            : default)];
}
