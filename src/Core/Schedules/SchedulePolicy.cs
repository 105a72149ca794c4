namespace Courier.Schedules;

/// <summary>Decides what is due, and what the instances then share. No clock, no store.</summary>
public static class SchedulePolicy
{
    /// <summary>So many are run side by side.</summary>
    public const int AtOnce = 4;

    /// <summary>A timer may fire a little early; the next one would be a minute late.</summary>
    private static readonly TimeSpan s_early = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than any run: whoever has held a claim for more than this is dead.</summary>
    private static readonly TimeSpan s_longestRun = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Claims up to <see cref="AtOnce"/> due schedules, those first that have waited longest. After downtime a schedule is due once, with its
    /// latest tick. A tick whose runner died is due again. A schedule that is seen for the first time begins now. Those of other deployments are kept, for days after
    /// the last one that has them.
    /// </summary>
    public static (ScheduleState Next, IReadOnlyList<ScheduledRun> Runs) Claim(IReadOnlyList<Schedule> schedules, ScheduleState? state, DateTimeOffset now)
    {
        (Schedule Schedule, ScheduleEntry Entry)[] known = [.. schedules.Select(schedule =>
            (schedule, state?.Schedules?.FirstOrDefault(entry => entry.IsOf(schedule)) ?? new ScheduleEntry(schedule.Name, now, null)))];
        ScheduledRun[] runs = [.. known.Select(each => Due(each.Schedule, each.Entry, now)).OfType<ScheduledRun>().OrderBy(run => run.After).Take(AtOnce)];
        IEnumerable<ScheduleEntry> own = known.Select(each => runs.FirstOrDefault(run => run.Schedule == each.Schedule) is { } run
            ? each.Entry with { Running = new RunningTick(run.Tick, now, run.Before) }
            : each.Entry).Select(entry => entry.Seen(now));
        IEnumerable<ScheduleEntry> others = (state?.Schedules ?? []).Where(entry => !schedules.Any(entry.IsOf))
            .Select(entry => entry.SeenAt is null ? entry.Seen(now) : entry).Where(entry => !entry.IsForgotten(now));
        return (new ScheduleState([.. own, .. others]), runs);
    }

    /// <summary>Notes that a tick was run, unless that is known already.</summary>
    public static ScheduleState Done(ScheduleState? state, ScheduledRun run) => new([.. (state?.Schedules ?? []).Select(entry =>
        entry.IsOf(run.Schedule) && entry.Running?.Tick == run.Tick ? entry with { LastTick = run.Tick, Running = null } : entry)]);

    private static ScheduledRun? Due(Schedule schedule, ScheduleEntry entry, DateTimeOffset now) => entry.Running switch
    {
        // Either way: after a clock was set back a claim may lie in the future.
        { } running when (now - running.Since).Duration() <= s_longestRun => null,
        { } abandoned => new ScheduledRun(schedule, abandoned.Tick, entry.LastTick, abandoned.Runs + 1),
        null => schedule.Cron.Latest(entry.LastTick, now + s_early) is { } tick ? new ScheduledRun(schedule, tick, entry.LastTick) : null,
    };
}
