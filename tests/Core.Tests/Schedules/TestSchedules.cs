using Courier.Schedules;
using Courier.Tests.Messages;

namespace Courier.Tests.Schedules;

/// <summary>Schedules and what is known of them, at moments of one day.</summary>
internal static class TestSchedules
{
    public const string Hourly = "0 0 * * * *";

    /// <summary>A moment of a Thursday: <c>6:00</c>, or with seconds.</summary>
    public static DateTimeOffset At(string time, int day = 1) => new(new DateOnly(2026, 1, day), TimeOnly.Parse(time, null), TimeSpan.Zero);

    public static Schedule Create(string name = "a", string cron = Hourly) => new(name, new CronExpression(cron, TimeZoneInfo.Utc), TestMessages.CreateEnvelope().Request);

    public static ScheduleState State(params ScheduleEntry[] entries) => new(entries);

    public static ScheduleEntry Entry(DateTimeOffset lastTick, string name = "a", DateTimeOffset? running = null, DateTimeOffset? since = null) =>
        new(name, lastTick, running is { } tick ? new RunningTick(tick, since ?? tick) : null, At("0:00"));

    public static IReadOnlyList<DateTimeOffset> DueTicks(Schedule schedule, ScheduleEntry? entry, DateTimeOffset now) =>
        [.. SchedulePolicy.Claim([schedule], entry is null ? null : State(entry), now).Runs.Select(run => run.Tick)];
}
