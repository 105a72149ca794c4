using System.Globalization;
using System.Text;

namespace Courier.Bench.Drain;

/// <summary>Two plots over time, one above the other: requests left, and calls made, for each strategy.</summary>
internal static class DrainPlot
{
    private const int Width = 760, Height = 200, Left = 70, Top = 30, Gap = 60;

    private static readonly string[] s_colours = ["#0b6e4f", "#c1121f", "#e09f3e"];

    public static string Draw(IReadOnlyList<Outcome> outcomes)
    {
        double hours = outcomes.Max(outcome => outcome.Drained.TotalHours);
        StringBuilder svg = new();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width + Left + 30} {(2 * (Height + Gap)) + Top + 40}" font-family="sans-serif" font-size="13">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        Panel(svg, Top, "Requests left (10,000 at the start, 4 instances; no reserve)", outcomes, hours, sample => sample.Left);
        Panel(svg, Top + Height + Gap, "Calls made, refused ones included", outcomes, hours, sample => sample.Calls);
        for (int i = 0; i < outcomes.Count; i++)
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + (i * 240)}" y="{(2 * (Height + Gap)) + Top + 10}" fill="{s_colours[i]}">■ {Name(outcomes[i])}</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Panel(
        StringBuilder svg, int top, string title, IReadOnlyList<Outcome> outcomes, double hours, Func<(TimeSpan At, int Left, int Calls), int> value)
    {
        double most = outcomes.Max(outcome => outcome.Samples.Max(value));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="{top - 8}" font-weight="bold">{title}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="M{Left} {top}V{top + Height}H{Left + Width}" fill="none" stroke="#444"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 8}" y="{top + 10}" text-anchor="end">{most:N0}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + Width}" y="{top + Height + 16}" text-anchor="end">{hours:0.0} h</text>""");
        for (int i = 0; i < outcomes.Count; i++)
        {
            string points = string.Join(' ', outcomes[i].Samples.Select(sample => string.Create(CultureInfo.InvariantCulture,
                $"{Left + (Width * sample.At.TotalHours / hours):0.0},{top + Height - (Height * value(sample) / most):0.0}")));
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{points}" fill="none" stroke="{s_colours[i]}" stroke-width="2"/>""");
        }
    }

    private static string Name(Outcome outcome) => outcome.Scenario.Strategy switch
    {
        Strategy.Courier => "Courier",
        Strategy.OwnRetryAfter => "each by its own Retry-After",
        _ => "platform defaults",
    };
}
