using System.Globalization;
using Courier.Contracts;

namespace Courier.Bench.Drain;

/// <summary>The drain simulation: all sizes and troubles, beside what others do. Writes docs/pacing.md and its plot.</summary>
internal static class DrainBenchmark
{
    /// <summary>With what the ledger of decision 012 needed, as it was measured: steady, and parked with copies.</summary>
    private static readonly (int Instances, double Steady, double Parked)[] s_sizes = [(1, 0.05, 2.15), (4, 0.18, 2.36), (16, 0.66, 2.50), (64, 1.68, 2.86)];

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Runs everything, and writes the page.</summary>
    public static bool RunAll()
    {
        (List<Outcome> outcomes, List<(string What, bool Holds)> bounds) = Run(Scenarios());
        bounds.AddRange(((int[])[0, 1_000_000]).Select(DrainBounds.Operation));
        DrainReport.Write(outcomes, bounds, Repository.PathOf("docs"));
        return bounds.All(bound => bound.Holds);
    }

    /// <summary>Runs what all words are about, and writes nothing.</summary>
    /// <param name="words">Each a number of instances, or a part of a run's name.</param>
    public static bool RunSome(IReadOnlyList<string> words) =>
        Run(Scenarios().Where(scenario => words.All(scenario.IsAbout))).Bounds is { Count: > 0 } bounds && bounds.All(bound => bound.Holds);

    private static (List<Outcome> Outcomes, List<(string What, bool Holds)> Bounds) Run(IEnumerable<Scenario> scenarios)
    {
        List<Outcome> outcomes = [];
        foreach (Scenario scenario in scenarios)
        {
            Outcome outcome = Simulation.Run(scenario);
            outcomes.Add(outcome);
            Console.WriteLine(DrainReport.Line(outcome));
        }

        List<(string What, bool Holds)> bounds = [.. outcomes.Where(outcome => outcome.Scenario.Strategy == Strategy.Courier).SelectMany(DrainBounds.Check)];
        foreach ((string what, bool _) in bounds.Where(bound => !bound.Holds))
            Console.WriteLine("  DOES NOT HOLD: " + what);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {bounds.Count(bound => bound.Holds)} of {bounds.Count} bounds hold"));
        return (outcomes, bounds);
    }

    private static IEnumerable<Scenario> Scenarios() => [.. Batches(), .. s_sizes.SelectMany(size => Sizes(size.Instances, size.Steady, size.Parked)), .. Others()];

    private static IEnumerable<Scenario> Batches()
    {
        yield return new Scenario("batch after a quiet hour", 4, 1_200) { Before = "862 s", Within = TimeSpan.FromSeconds(75) };
        yield return new Scenario("batch after a quiet hour", 4, 4_800) { Before = "59 min", Within = TimeSpan.FromSeconds(270) };
        yield return new Scenario("twice what is usable", 4, 9_700) { Before = "2.01 h", Within = 1.1 * s_hour };
        yield return new Scenario("100,000 without a reserve", 4, 100_000) { Reserve = 0, Within = 1.03 * 19 * s_hour };
        yield return new Scenario("another user takes 20 %", 4, 100_000) { Foreign = 0.2, Before = "27.02 h" };
        yield return new Scenario("another user takes 20 %, headers", 4, 25_000) { Foreign = 0.2, Headers = true };
    }

    private static IEnumerable<Scenario> Sizes(int instances, double steady, double parked)
    {
        Scenario ten = new("backlog without a reserve", instances, 10_000) { Reserve = 0, Before = "2.08 h", Within = 1.1 * s_hour, MostOperations = parked };
        yield return ten;
        yield return ten with { Name = "clocks 2 s apart, without a reserve", Skew = TimeSpan.FromSeconds(2), MostOperations = null };
        yield return new Scenario("backlog of 100,000", instances, 100_000) { Before = "20.93 h", Within = 20.5 * s_hour, MostOperations = parked };
        yield return new Scenario("steady load at 95 %", instances, 0) { ArrivalsPerHour = (int)(0.95 * 4850), ArrivalsFor = 6 * s_hour, MostOperations = steady };
        yield return new Scenario("API out for 20 min", instances, 10_000) { Outage = (s_hour / 2, (s_hour / 2) + TimeSpan.FromMinutes(20)), Before = "2.42 h" };
        yield return new Scenario("all instances down for 1 h", instances, 10_000) { Down = (s_hour / 2, s_hour * 1.5), Before = "3.07 h" };
        yield return new Scenario("another user takes 20 %", instances, 10_000) { Foreign = 0.2, Before = "2.54 h" };
        yield return new Scenario("no request is refused", instances, 2_000) { Within = TimeSpan.FromSeconds(102) };
        yield return new Scenario("one request is always refused", instances, 2_000) { AlwaysRefused = 1, Before = "1 called in 2 h", Within = TimeSpan.FromSeconds(102) };
        yield return new Scenario("three requests are always refused", instances, 2_000) { AlwaysRefused = 3, Before = "none called", Within = TimeSpan.FromSeconds(102) };
    }

    private static IEnumerable<Scenario> Others()
    {
        foreach (int backlog in (int[])[10_000, 25_000])
        {
            yield return new Scenario($"backlog of {backlog:N0}, each by its own 429", 4, backlog) { Strategy = Strategy.OwnRetryAfter };
            yield return new Scenario($"backlog of {backlog:N0}, platform defaults", 4, backlog) { Strategy = Strategy.PlatformDefaults };
        }
    }
}
