namespace Courier.Health;

/// <summary>What one instance has seen lately, as it tells the others.</summary>
/// <param name="LastSuccessAt">When a call last ended with 2xx.</param>
/// <param name="Blocked">What the storage refuses.</param>
public sealed record HealthReport(
    string Instance, DateTimeOffset At, IReadOnlyList<HealthBucket> Buckets, IReadOnlyList<CallSample> FailedCalls, IReadOnlyList<CallSample> DeadLetters, DateTimeOffset? LastSuccessAt,
    StorageFault? Blocked = null);
