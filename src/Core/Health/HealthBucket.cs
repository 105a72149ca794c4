namespace Courier.Health;

/// <summary>What was counted in a short time.</summary>
/// <param name="At">When it began.</param>
/// <param name="Calls">HTTP attempts, the in-process retries too.</param>
/// <param name="Failures">Of these: 5xx, 408, 425, no answer.</param>
/// <param name="DeadLetters">Requests that were given up.</param>
public readonly record struct HealthBucket(DateTimeOffset At, int Calls, int Failures, int DeadLetters)
{
    public static readonly TimeSpan Width = TimeSpan.FromSeconds(10);

    /// <summary>Older ones are kept by the minute.</summary>
    private static readonly TimeSpan s_fine = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_coarseWidth = TimeSpan.FromMinutes(1);

    public HealthBucket Plus(HealthBucket other) => this with
    {
        Calls = Calls + other.Calls,
        Failures = Failures + other.Failures,
        DeadLetters = DeadLetters + other.DeadLetters,
    };

    public static DateTimeOffset Floor(DateTimeOffset at, TimeSpan width) => at.AddTicks(-(at.UtcTicks % width.Ticks));

    /// <summary>In the order of time, one for each: without what is older than <paramref name="memory"/>.</summary>
    public static IReadOnlyList<HealthBucket> Merge(IEnumerable<HealthBucket> buckets, TimeSpan memory, DateTimeOffset now) =>
        [.. buckets.Where(bucket => now - bucket.At <= memory)
            .GroupBy(bucket => Floor(bucket.At, now - bucket.At > s_fine ? s_coarseWidth : Width))
            .Select(group => group.Aggregate(new HealthBucket(group.Key, 0, 0, 0), (sum, bucket) => sum.Plus(bucket)))
            .OrderBy(bucket => bucket.At)];
}
