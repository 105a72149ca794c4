namespace Courier.Operations.Overview;

/// <summary>How far a schedule has come.</summary>
/// <param name="When">The expression in words, with the time zone; null when these settings do not hold the schedule.</param>
/// <param name="Last">The occurrence that was run last, or when the schedule was first seen.</param>
/// <param name="RunningSince">Null while nobody runs it.</param>
/// <param name="Next">Null when these settings do not hold the schedule.</param>
public sealed record ScheduleStatus(string Name, string? When, DateTimeOffset? Last, DateTimeOffset? RunningSince, DateTimeOffset? Next);
