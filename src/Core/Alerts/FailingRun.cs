namespace Courier.Alerts;

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
        TimeSpan look = options.SustainedFor / Looks;
        foreach (IGrouping<long, HealthBucket> slice in window.Buckets.Where(bucket => bucket.Calls > 0).Reverse().GroupBy(bucket => (now - bucket.At).Ticks / look.Ticks))
        {
            int calls = slice.Sum(bucket => bucket.Calls);
            int failures = slice.Sum(bucket => bucket.Failures);
            if (failures < calls * options.FailureRatio)
                break;
            DateTimeOffset[] failed = [.. slice.Where(bucket => bucket.Failures > 0).Select(bucket => bucket.At)];
            run = new FailingRun(failed.Min(), run?.Last ?? failed.Max(), (run?.Calls ?? 0) + calls, (run?.Failures ?? 0) + failures);
        }

        return run;
    }

    public FailingRun WithFailedProbe(DateTimeOffset now) => this with { Last = now, Calls = Calls + 1, Failures = Failures + 1 };
}
