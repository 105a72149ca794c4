using System.Globalization;

namespace Courier.Bench.Drain;

/// <summary>What must hold of a run with the real ledger.</summary>
internal static class DrainBounds
{
    public static IEnumerable<(string What, bool Holds)> Check(Outcome outcome)
    {
        Scenario scenario = outcome.Scenario;
        string name = string.Create(CultureInfo.InvariantCulture, $"{scenario.Instances} instances, {scenario.Name}, {outcome.Requests} requests: ");
        yield return (name + $"every request succeeded ({outcome.Succeeded})", outcome.Succeeded == outcome.Requests && outcome.Poisoned == 0);
        yield return (name + $"no window above the limit ({outcome.FullestWindow})", outcome.FullestWindow <= scenario.Limit && (scenario.Foreign > 0 || outcome.Refused == 0));
        yield return (name + $"refused calls at most 0.1 % ({outcome.RefusedShare:P3})", outcome.RefusedShare <= 0.001);
        if (scenario.Outage is null)
            yield return (name + $"parked at most twice ({outcome.MostCopies})", outcome.MostCopies <= 2 || scenario.Foreign > 0);
        if (scenario is { Outage: null, ArrivalsPerSecond: 0 })
            yield return (name + $"drained within 1.05 of the ideal ({outcome.DrainRatio:0.000})", outcome.DrainRatio <= 1.05);
        double operations = scenario.ArrivalsFor > TimeSpan.Zero ? outcome.LedgerOperations : outcome.OperationsParked;
        double bound = scenario.ArrivalsFor > TimeSpan.Zero ? (scenario.Instances <= 4 ? 0.2 : 2) : 3;
        if (scenario is { Outage: null, Down: null, Foreign: 0 })
            yield return (name + $"storage operations a request at most {bound} ({operations:0.00})", operations <= bound);
        if (scenario is { Outage: null, Foreign: 0, ArrivalsPerSecond: 0 })
            yield return (name + $"order inverted by no more than a batch of every instance ({outcome.Inversion})", outcome.Inversion <= 32 * scenario.Instances);
    }
}
