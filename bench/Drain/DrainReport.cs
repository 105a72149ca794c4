using System.Globalization;
using System.Text;

namespace Courier.Bench.Drain;

/// <summary>The simulation's findings as a page with a table and a plot.</summary>
internal static class DrainReport
{
    public static string Line(Outcome outcome) => string.Create(CultureInfo.InvariantCulture,
        $"  {outcome.Scenario.Instances,2} inst  {outcome.Scenario.Name,-44} {outcome.Requests,6} req  {outcome.Drained.TotalSeconds,7:0} s  waited {outcome.LongestWait.TotalSeconds:0.0} (limit alone {outcome.LeastWait.TotalSeconds:0.0})  refused {outcome.Refused,5} of {outcome.Calls,6}  window {outcome.FullestWindow}  parked {outcome.Parked:P0}, most {outcome.MostCopies}  ops {outcome.LedgerOperations:0.00} ({outcome.OperationsParked:0.00} with copies)  inverted {outcome.Inversion}  {outcome.WallTime.TotalSeconds:0.0} s");

    public static void Write(IReadOnlyList<Outcome> outcomes, IReadOnlyList<(string What, bool Holds)> bounds, string folder)
    {
        File.WriteAllText(Path.Combine(folder, "pacing.md"), Page(outcomes, bounds));
        File.WriteAllText(Path.Combine(folder, "pacing.svg"), DrainPlot.Draw(
            [.. outcomes.Where(outcome => outcome.Scenario is { Instances: 4, Backlog: 10_000, Outage: null, Down: null, Foreign: 0 } && outcome.Scenario.Skew == TimeSpan.Zero)]));
    }

    private static string Page(IReadOnlyList<Outcome> outcomes, IReadOnlyList<(string What, bool Holds)> bounds)
    {
        StringBuilder page = new();
        page.AppendLine("""
            # Pacing, simulated

            Made by `./dev bench drain`: the real ledger, routing and processor code of several instances on a virtual clock, with a modelled queue
            (latency, whole seconds, first visible first served) and an API that enforces a true rolling quota of 5,000 calls an hour. Each run
            repeats; `./dev bench drain steady 64` runs what these words and numbers are about. How it works: [decision 023](decisions/023-one-ledger-of-the-true-window.md).

            ![Requests left and calls made over time, with Courier and without](pacing.svg)

            - **drain**: until the last call.
            - **before**: the same run with the evenly spaced slots of [decision 012](decisions/012-one-ledger-on-a-blob.md).
            - **longest wait**: of one request, from posting to its success, the poll that finds it included; in brackets what the limit less the reserve forces on these requests.
              A steady load is 4,607 requests in each of six hours, each at a random moment.
            - **window**: the most calls, everybody's, in any rolling hour.
            - **parked**: requests that had to wait on the queue, and how often one of them at the most.
            - **operations**: on the ledger's blob, a request; and with the copies that parking costs (sent and deleted).
            - **inverted**: by how many requests the order of posting was inverted at the most.

            | run | instances | requests | drain | before | longest wait | refused calls | window | parked | operations | inverted |
            |---|---|---|---|---|---|---|---|---|---|---|
            """);
        foreach (Outcome outcome in outcomes)
            page.AppendLine(Row(outcome));
        page.AppendLine();
        string[] broken = [.. bounds.Where(bound => !bound.Holds).Select(bound => "- " + bound.What)];
        page.AppendLine(CultureInfo.InvariantCulture, $"{bounds.Count - broken.Length} of {bounds.Count} bounds (`bench/Drain/DrainBounds.cs`) hold{(broken.Length == 0 ? "." : "; these do not:")}");
        if (broken.Length > 0)
            page.AppendLine().AppendJoin(Environment.NewLine, broken).AppendLine();
        return page.ToString();
    }

    private static string Time(TimeSpan time) => time < TimeSpan.FromMinutes(10)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.00} h");

    private static string Least(Outcome outcome) => outcome.Scenario.Strategy == Strategy.Courier ? $" ({Time(outcome.LeastWait)})" : "";

    private static string Row(Outcome outcome) => string.Create(CultureInfo.InvariantCulture,
        $"| {outcome.Scenario.Name} | {outcome.Scenario.Instances} | {outcome.Requests:N0} | {Time(outcome.Drained)} | {outcome.Scenario.Before ?? "–"} | {Time(outcome.LongestWait)}{Least(outcome)} | {outcome.Refused:N0} of {outcome.Calls:N0} ({outcome.RefusedShare:P2}) | {outcome.FullestWindow:N0} | {outcome.Parked:P0}, {outcome.MostCopies} | {outcome.LedgerOperations:0.00}, {outcome.OperationsParked:0.00} | {outcome.Inversion:N0} |");
}
