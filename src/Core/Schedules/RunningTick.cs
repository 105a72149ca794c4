namespace Courier.Schedules;

/// <summary>An instance's claim on an occurrence of a schedule.</summary>
/// <param name="Runs">How many before it were begun, and never ended.</param>
public sealed record RunningTick(DateTimeOffset Tick, DateTimeOffset Since, int Runs = 0);
