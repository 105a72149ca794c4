using System.Globalization;
using System.Text;

namespace Courier.Bench.Drain;

/// <summary>Two plots over time, one above the other: requests left, and calls made, for each strategy.</summary>
internal static class DrainPlot
{
    private const int Width = 760, Height = 200, Left = 70, Top = 30, Gap = 60;

    private static readonly string[] s_colours = ["#0b6e4f", "#3d5a80", "#c1121f", "#e09f3e"];

    /// <summary>The evenly spaced slots of decision 012, between the two ends that were measured.</summary>
    private static readonly Line s_evenlySpaced = new("evenly spaced (before)", [(TimeSpan.Zero, 10_000, 0), (TimeSpan.FromHours(2.08), 0, 10_000)]);

    public static string Draw(IReadOnlyList<Outcome> outcomes)
    {
        Line[] lines = [.. outcomes.Select(outcome => new Line(Name(outcome), outcome.Samples))];
        lines = [lines[0], s_evenlySpaced, .. lines.Skip(1)];
        double hours = lines.Max(line => line.Samples[^1].At.TotalHours);
        StringBuilder svg = new();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width + Left + 30} {(2 * (Height + Gap)) + Top + 40}" font-family="sans-serif" font-size="13">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        Panel(svg, Top, "Requests left (10,000 at the start, 4 instances; no reserve)", lines, hours, sample => sample.Left);
        Panel(svg, Top + Height + Gap, "Calls made, refused ones included", lines, hours, sample => sample.Calls);
        for (int i = 0; i < lines.Length; i++)
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + (i * 190)}" y="{(2 * (Height + Gap)) + Top + 10}" fill="{s_colours[i]}">■ {lines[i].Name}</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Panel(
        StringBuilder svg, int top, string title, IReadOnlyList<Line> lines, double hours, Func<(TimeSpan At, int Left, int Calls), int> value)
    {
        double most = lines.Max(line => line.Samples.Max(value));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="{top - 8}" font-weight="bold">{title}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="M{Left} {top}V{top + Height}H{Left + Width}" fill="none" stroke="#444"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 8}" y="{top + 10}" text-anchor="end">{most:N0}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + Width}" y="{top + Height + 16}" text-anchor="end">{hours:0.0} h</text>""");
        for (int i = 0; i < lines.Count; i++)
        {
            string points = string.Join(' ', lines[i].Samples.Select(sample => string.Create(CultureInfo.InvariantCulture,
                $"{Left + (Width * sample.At.TotalHours / hours):0.0},{top + Height - (Height * value(sample) / most):0.0}")));
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{points}" fill="none" stroke="{s_colours[i]}" stroke-width="2"/>""");
        }
    }

    private static string Name(Outcome outcome) => outcome.Scenario.Strategy switch
    {
        Strategy.Courier => "Courier",
        Strategy.OwnRetryAfter => "each by its own 429",
        _ => "platform defaults",
    };

    private sealed record Line(string Name, IReadOnlyList<(TimeSpan At, int Left, int Calls)> Samples);
}
