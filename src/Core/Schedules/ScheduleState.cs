namespace Courier.Schedules;

/// <summary>What all instances share about the schedules.</summary>
public sealed record ScheduleState(IReadOnlyList<ScheduleEntry>? Schedules);
