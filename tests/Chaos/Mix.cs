using Courier.ApiSimulator;

namespace Courier.Chaos;

/// <summary>What is posted: every row of the outcome table in turn that needs no operator, and what tempts a secret into what is written. An id is <c>row.number</c>.</summary>
internal static class Mix
{
    public const string Key = "chaos-key-8f14e45fceea167a";

    private static readonly OutcomeRow[] s_rows =
    [
        .. OutcomeTable.Rows.Where(row => !row.IsCancelled),
        new("post", """ "method":"POST","path":"/portfolios?row={row}","body":{"name":"Once"} """, "result", 1),
        new("high", """ "method":"GET","path":"/companies/example.com?row={row}","priority":"high" """, "result", 1),
        new("batch", """ "method":"GET","path":"/companies/example.com?row={row}","batch":"chaos" """, "result", 1),
        new("echo", $$""" "method":"GET","path":"/companies/example.com?row={row}","metadata":{"key":"{{Key}}"} """, "result", 1) { Fault = new Fault { Match = "", Body = $$"""{"you sent":"Token {{Key}}"}""" } },
        new("echo-error", """ "method":"GET","path":"/companies/example.com?row={row}" """, "forbidden", 1)
            { Fault = new Fault { Match = "", Status = 403, Body = $$$"""{"error":{"message":"Token {{{Key}}} may not"}}""" } },
    ];

    /// <summary>Those that last are one for each row; those of some times only are one for each request.</summary>
    public static IEnumerable<Fault> Lasting => s_rows.Select(row => row.Fault is { Times: null } fault ? fault with { Match = $"*row={row.Name}.*" } : null).OfType<Fault>();

    /// <summary>Everything else takes its time, so that kills meet calls.</summary>
    public static Fault Slow { get; } = new() { Match = "*", Delay = TimeSpan.FromMilliseconds(150) };

    public static OutcomeRow RowOf(string id) => s_rows.Single(row => row.Name == id[..id.LastIndexOf('.')]);

    public static string Id(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{s_rows[number % s_rows.Length].Name}.{number}");
}
