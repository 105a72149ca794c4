namespace Courier.Schedules;

/// <summary>How far a schedule has come.</summary>
/// <param name="LastTick">The occurrence that was run last, or when the schedule was seen first: what is not after it never runs.</param>
/// <param name="Running">Null while nobody runs it.</param>
/// <param name="SeenAt">When an instance that has it among its settings last said so, within a day; null where none has yet.</param>
public sealed record ScheduleEntry(string Name, DateTimeOffset LastTick, RunningTick? Running, DateTimeOffset? SeenAt = null)
{
    private static readonly TimeSpan s_news = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(7);

    public bool IsOf(Schedule schedule) => string.Equals(Name, schedule.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Said at most once a day, because saying it is a write.</summary>
    public ScheduleEntry Seen(DateTimeOffset now) => SeenAt is { } seen && (now - seen).Duration() < s_news ? this : this with { SeenAt = now };

    /// <summary>No instance has had it among its settings for days.</summary>
    public bool IsForgotten(DateTimeOffset now) => now - SeenAt > s_memory;
}
