using System.Diagnostics.Metrics;
using Courier.Contracts;

namespace Courier.Tests.Measures;

/// <summary>A row of the table of metrics in docs/telemetry.md.</summary>
internal sealed record MetricLine(string Name, string Kind, string Unit, string Description)
{
    public static IReadOnlyDictionary<string, string[]> Attributes { get; } = Rows().ToDictionary(row => Code(row[0]), row => row[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Code).ToArray());

    public static IReadOnlyList<MetricLine> Documented { get; } = [.. Rows().Select(row => new MetricLine(Code(row[0]), row[1], Code(row[2]), row[4]))];

    public static MetricLine Of(Instrument instrument)
    {
        string type = instrument.GetType().Name;
        string kind = type.StartsWith("Counter", StringComparison.Ordinal) ? "counter" : type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram" : "gauge";
        return new MetricLine(instrument.Name, kind, instrument.Unit!, instrument.Description!);
    }

    private static IEnumerable<string[]> Rows() => File.ReadLines(Repository.PathOf("docs", "telemetry.md"))
        .SkipWhile(line => line != "## Metrics").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    private static string Code(string cell) => cell.Trim('`');
}
