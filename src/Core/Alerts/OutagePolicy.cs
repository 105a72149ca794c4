namespace Courier.Alerts;

/// <summary>Decides when failing calls are an outage, and when it is over. Pure.</summary>
public static class OutagePolicy
{
    /// <summary>Older failures say nothing about now.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(90);

    /// <summary>What counts as now when an outage is to end.</summary>
    private static readonly TimeSpan s_recent = TimeSpan.FromMinutes(1);

    /// <summary>An outage that comes so soon after another one ends more slowly: nobody wants to be told every few minutes.</summary>
    private static readonly TimeSpan s_relapse = TimeSpan.FromMinutes(30);

    /// <summary>Whether one call of our own would tell more than is known.</summary>
    public static bool NeedsProbe(HealthWindow window, OutageState state, OutageOptions options, DateTimeOffset now) =>
        state.Since is not null || (FailingRun.Of(window, options, now) is { } run && !IsOutage(run, options, now));

    /// <param name="probe">Whether the API answered one; null when it was not asked.</param>
    public static (OutageState State, AlertKind? Alert) Evaluate(HealthWindow window, bool? probe, OutageState state, OutageOptions options, DateTimeOffset now)
    {
        if (state.Since is null)
            return Run(window, probe, options, now) is { } run && IsOutage(run, options, now)
                ? (new OutageState(run.First, now, now, state.ClosedAt, run.Failures == run.Calls), AlertKind.ApiOutage)
                : (state, null);
        if (IsOver(window, probe, state, options, now))
            return (OutageState.None with { ClosedAt = now }, AlertKind.ApiRecovered);
        return now - state.ToldAt >= options.Reminder ? (state with { ToldAt = now }, AlertKind.ApiOutageContinues) : (state, null);
    }

    private static FailingRun? Run(HealthWindow window, bool? probe, OutageOptions options, DateTimeOffset now)
    {
        FailingRun? run = FailingRun.Of(window, options, now);
        return probe == false ? run?.WithFailedProbe(now) : run;
    }

    private static bool IsOutage(FailingRun run, OutageOptions options, DateTimeOffset now) =>
        run.Calls >= options.MinimumCalls && run.Last - run.First >= options.SustainedFor && now - run.Last <= s_fresh;

    private static bool IsOver(HealthWindow window, bool? probe, OutageState state, OutageOptions options, DateTimeOffset now)
    {
        HealthBucket recent = window.Since(now - s_recent);
        bool stillFails = recent.Failures > 0 && recent.Failures >= recent.Calls * options.FailureRatio;
        bool works = probe ?? (recent.Calls > recent.Failures && !stillFails);
        if (!works)
            return false;
        bool isRelapse = state.OpenedAt - state.ClosedAt < s_relapse;
        return isRelapse ? window.Since(now - options.Window).Failures == 0 : state.IsTotal || !stillFails;
    }
}
