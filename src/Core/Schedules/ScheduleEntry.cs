namespace Courier.Schedules;

/// <summary>How far a schedule has come.</summary>
/// <param name="LastTick">The occurrence that was run last, or when the schedule was seen first: what is not after it never runs.</param>
/// <param name="Running">Null while nobody runs it.</param>
public sealed record ScheduleEntry(string Name, DateTimeOffset LastTick, RunningTick? Running)
{
    public bool IsOf(Schedule schedule) => string.Equals(Name, schedule.Name, StringComparison.OrdinalIgnoreCase);
}
