namespace Courier.Schedules;

/// <summary>An instance's claim on an occurrence of a schedule.</summary>
public sealed record RunningTick(DateTimeOffset Tick, DateTimeOffset Since);
