using Courier.Health;

namespace Courier.Outages;

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
        state.Since is not null || (FailingRun.Of(window.After(state.ClosedAt), options, now) is { } run && !IsOutage(run, options, now));

    /// <param name="probe">Whether the API answered one; null when it was not asked.</param>
    public static (OutageState State, OutageNews? News) Evaluate(HealthWindow window, bool? probe, OutageState state, OutageOptions options, DateTimeOffset now)
    {
        if (state.Since is null)
            return Run(window.After(state.ClosedAt), probe, options, now) is { } run && IsOutage(run, options, now)
                ? (new OutageState(run.First, now, now, state.ClosedAt, IsTotal(window, options, now), probe == false), OutageNews.Opened)
                : (state, null);
        if (IsOver(window, probe, state, options, now))
            return (OutageState.None with { ClosedAt = now }, OutageNews.Over);
        state = state with { ProbeFailed = state.ProbeFailed || probe == false };
        return IsReminderDue(state, options, now) ? (state with { ToldAt = now }, OutageNews.Continues) : (state, null);
    }

    private static FailingRun? Run(HealthWindow window, bool? probe, OutageOptions options, DateTimeOffset now)
    {
        FailingRun? run = FailingRun.Of(window, options, now);
        return probe == false ? run?.WithFailedProbe(now) : run;
    }

    private static bool IsOutage(FailingRun run, OutageOptions options, DateTimeOffset now) =>
        run.Calls >= options.MinimumCalls && run.Last - run.First >= options.SustainedFor && now - run.Last <= s_fresh;

    /// <summary>The stretch may have begun among calls that succeeded.</summary>
    private static bool IsTotal(HealthWindow window, OutageOptions options, DateTimeOffset now) =>
        window.Since(now - options.SustainedFor) is var lately && lately.Failures == lately.Calls;

    /// <summary>Counted from the beginning, so that looks that come a little late do not add up.</summary>
    private static bool IsReminderDue(OutageState state, OutageOptions options, DateTimeOffset now) =>
        (now - state.OpenedAt).Ticks / options.Reminder.Ticks > (state.ToldAt - state.OpenedAt).Ticks / options.Reminder.Ticks;

    /// <summary>It works, and where it went to and fro, it has for a while.</summary>
    private static bool IsOver(HealthWindow window, bool? probe, OutageState state, OutageOptions options, DateTimeOffset now)
    {
        if (!Works(window, probe, state, options, now))
            return false;
        bool isRelapse = state.OpenedAt - state.ClosedAt < s_relapse;
        TimeSpan calm = isRelapse ? options.Window : state.IsTotal ? TimeSpan.Zero : options.SustainedFor;
        return calm == TimeSpan.Zero || !FailingRun.AnySince(now - calm, window, options, now);
    }

    /// <summary>A probe that never failed says nothing about calls that do.</summary>
    private static bool Works(HealthWindow window, bool? probe, OutageState state, OutageOptions options, DateTimeOffset now)
    {
        if (FailingRun.Of(window, options, now) is not null)
            return probe == true && state.ProbeFailed;
        HealthBucket recent = window.Since(now - s_recent);
        return probe ?? recent.Calls > recent.Failures;
    }
}
