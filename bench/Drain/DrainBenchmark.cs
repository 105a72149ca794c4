using System.Globalization;
using Courier.Contracts;

namespace Courier.Bench.Drain;

/// <summary>The drain simulation: all sizes and troubles, beside what others do. Writes docs/pacing.md and its plot.</summary>
internal static class DrainBenchmark
{
    private static readonly int[] s_sizes = [1, 4, 16, 64];

    public static Task<bool> RunAsync()
    {
        List<Outcome> outcomes = [];
        foreach (Scenario scenario in Scenarios())
        {
            Outcome outcome = Simulation.Run(scenario);
            outcomes.Add(outcome);
            Console.WriteLine(DrainReport.Line(outcome));
        }

        List<(string What, bool Holds)> bounds = [.. outcomes.Where(outcome => outcome.Scenario.Strategy == Strategy.Courier).SelectMany(DrainBounds.Check)];
        foreach ((string what, bool _) in bounds.Where(bound => !bound.Holds))
            Console.WriteLine("  DOES NOT HOLD: " + what);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {bounds.Count(bound => bound.Holds)} of {bounds.Count} bounds hold"));
        DrainReport.Write(outcomes, bounds, Repository.PathOf("docs"));
        return Task.FromResult(bounds.All(bound => bound.Holds));
    }

    private static IEnumerable<Scenario> Scenarios()
    {
        if (Environment.GetEnvironmentVariable("TRY") is { } tries)
        {
            foreach (string one in tries.Split(' '))
            {
                string[] f = one.Split(',');
                yield return new Scenario("try", int.Parse(f[0]), int.Parse(f[1])) { Reserve = f.Length > 2 ? double.Parse(f[2], CultureInfo.InvariantCulture) : 0.03, Foreign = f.Length > 3 ? double.Parse(f[3], CultureInfo.InvariantCulture) : 0, Headers = one.Contains('h'), AlwaysRefused = one.Contains('x') ? one.Contains("xx") ? 3 : 1 : 0, Skew = TimeSpan.FromSeconds(one.Contains('k') ? 2 : 0), ArrivalsFor = TimeSpan.FromHours(one.Contains('s') ? 6 : 0), ArrivalsPerSecond = 0.95 * 4850 / 3600 };
            }

            yield break;
        }

        TimeSpan hour = TimeSpan.FromHours(1);
        foreach (int instances in s_sizes)
        {
            Scenario ten = new("backlog of 10,000", instances, 10_000);
            yield return ten;
            yield return new Scenario("backlog of 100,000", instances, 100_000);
            yield return new Scenario("steady load at 95 %", instances, 0) { ArrivalsPerSecond = 0.95 * ten.UsableRate, ArrivalsFor = 6 * hour };
            yield return ten with { Name = "API out for 20 min", Outage = (hour / 2, hour / 2 + TimeSpan.FromMinutes(20)) };
            yield return ten with { Name = "all instances down for 1 h", Down = (hour / 2, hour * 1.5) };
            yield return ten with { Name = "another user takes 20 %", Foreign = 0.2 };
            yield return new Scenario("another user takes 20 %", instances, 100_000) { Foreign = 0.2 };
        }

        foreach (int backlog in (int[])[10_000, 25_000])
        {
            yield return new Scenario($"backlog of {backlog:N0}, each by its own 429", 4, backlog) { Strategy = Strategy.OwnRetryAfter };
            yield return new Scenario($"backlog of {backlog:N0}, platform defaults", 4, backlog) { Strategy = Strategy.PlatformDefaults };
        }
    }
}
