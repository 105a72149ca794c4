using System.Globalization;

namespace Courier.Bench.Drain;

/// <summary>What must hold of a run with the real ledger.</summary>
internal static class DrainBounds
{
    /// <summary>From posting, the poll that finds a message included.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    public static IEnumerable<(string What, bool Holds)> Check(Outcome outcome)
    {
        Scenario scenario = outcome.Scenario;
        string name = string.Create(CultureInfo.InvariantCulture, $"{scenario.Instances} instances, {scenario.Name}, {outcome.Requests} requests: ");
        yield return (name + $"every request succeeded ({outcome.Succeeded})", outcome.Succeeded == outcome.Requests && outcome.Poisoned == 0);
        yield return (name + $"no window above the limit ({outcome.FullestWindow})", outcome.FullestWindow <= scenario.Limit);
        double refused = scenario is { Foreign: > 0, Headers: false } ? 0.002 : 0;
        yield return (name + $"refused calls at most {refused:P1} ({outcome.RefusedShare:P3})", outcome.RefusedShare <= refused);
        if (scenario.Within is { } within)
            yield return (name + $"called within {within} ({outcome.Drained})", outcome.Drained <= within);
        if (scenario.ArrivalsFor > TimeSpan.Zero)
            yield return (name + $"nobody waits for longer than {s_longestWait} ({outcome.LongestWait})", outcome.LongestWait <= s_longestWait);
        if (scenario.MostOperations is { } most)
            yield return (name + $"storage operations a request at most {most} ({outcome.OperationsParked:0.00})", outcome.OperationsParked <= most);
        if (scenario is { Outage: null, Down: null, Foreign: 0, ArrivalsPerHour: 0, AlwaysRefused: 0 } && scenario.Skew == TimeSpan.Zero)
            yield return (name + $"order inverted by no more than a batch of every instance ({outcome.Inversion})", outcome.Inversion <= 32 * scenario.Instances);
    }

    public static (string What, bool Holds) Operation(int backlog)
    {
        TimeSpan took = LedgerOperation.Measure(backlog);
        string what = string.Create(CultureInfo.InvariantCulture, $"an operation on the ledger with {backlog:N0} in line takes less than a millisecond ({took.TotalMicroseconds:0} µs)");
        Console.WriteLine("  " + what);
        return (what, took < TimeSpan.FromMilliseconds(1));
    }
}
