using Courier.Health;

namespace Courier.Outages;

/// <summary>The latest stretch of time in which most calls failed, up to the last call.</summary>
/// <param name="First">When its first call failed.</param>
/// <param name="Last">When its last one did.</param>
public readonly record struct FailingRun(DateTimeOffset First, DateTimeOffset Last, int Calls, int Failures)
{
    /// <summary>So many times the calls are looked at within <see cref="OutageOptions.SustainedFor"/>: one good look in between, and they do not fail all the time.</summary>
    private const int Looks = 6;

    /// <summary>Null when the last calls did not fail.</summary>
    public static FailingRun? Of(HealthWindow window, OutageOptions options, DateTimeOffset now)
    {
        FailingRun? run = null;
        foreach (HealthBucket[] look in LooksBack(window, options, now).TakeWhile(look => Fails(look, options)))
        {
            DateTimeOffset[] failed = [.. look.Where(bucket => bucket.Failures > 0).Select(bucket => bucket.At)];
            run = new FailingRun(failed.Min(), run?.Last ?? failed.Max(), (run?.Calls ?? 0) + look.Sum(bucket => bucket.Calls), (run?.Failures ?? 0) + look.Sum(bucket => bucket.Failures));
        }

        return run;
    }

    /// <summary>Whether calls failed at any look since then.</summary>
    public static bool AnySince(DateTimeOffset from, HealthWindow window, OutageOptions options, DateTimeOffset now) =>
        LooksBack(window.After(from), options, now).Any(look => Fails(look, options));

    private static IEnumerable<HealthBucket[]> LooksBack(HealthWindow window, OutageOptions options, DateTimeOffset now)
    {
        TimeSpan width = options.SustainedFor / Looks;
        return window.Buckets.Where(bucket => bucket.Calls > 0).Reverse().GroupBy(bucket => (now - bucket.At).Ticks / width.Ticks).Select(look => look.ToArray());
    }

    private static bool Fails(HealthBucket[] look, OutageOptions options) =>
        look.Sum(bucket => bucket.Failures) >= look.Sum(bucket => bucket.Calls) * options.FailureRatio;

    public FailingRun WithFailedProbe(DateTimeOffset now) => this with { Last = now, Calls = Calls + 1, Failures = Failures + 1 };
}
