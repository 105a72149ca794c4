using Courier.Storage;

namespace Courier.Health;

/// <summary>What one instance has seen lately, as it tells the others.</summary>
/// <param name="LastSuccessAt">When a call last ended with 2xx.</param>
/// <param name="Blocked">What the storage refuses.</param>
public sealed record HealthReport(
    string Instance, DateTimeOffset At, IReadOnlyList<HealthBucket> Buckets, IReadOnlyList<CallSample> FailedCalls, IReadOnlyList<CallSample> DeadLetters, DateTimeOffset? LastSuccessAt,
    StorageFault? Blocked = null)
{
    private const int MostCalls = 1_000_000;

    public int Version { get; init; } = ISharedDocument.CurrentVersion;

    /// <summary>Why it is no report; null when it is one. One from a clock that is ahead is none yet.</summary>
    public string? Problem(DateTimeOffset now) =>
        Version is < 0 or > ISharedDocument.CurrentVersion ? "it has the form of another version."
        : Buckets is null || FailedCalls is null || DeadLetters is null || !FailedCalls.Concat(DeadLetters).All(IsSample) ? "something is missing."
        : Buckets.All(bucket => IsPast(bucket.At, now) && new[] { bucket.Calls, bucket.Failures, bucket.DeadLetters }.All(count => count is >= 0 and < MostCalls))
            && IsPast(At, now) && IsPast(LastSuccessAt ?? now, now) && IsPast(Blocked?.At ?? now, now) && IsPast(Blocked?.Since ?? now, now) ? null
        : "it holds a moment or a number that cannot be.";

    private static bool IsSample(CallSample? sample) => sample is { Id: not null, Method: not null, Path: not null, Outcome: not null };

    private static bool IsPast(DateTimeOffset at, DateTimeOffset now) => at.Year >= 2020 && at - now < TimeSpan.FromMinutes(1);
}
