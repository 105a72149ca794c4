using Courier.Health;

namespace Courier.Operations.Overview;

/// <summary>The calls of the last hour, as the instances tell of them.</summary>
public sealed class CallHistory(HealthReports reports, TimeProvider time)
{
    private const int Minutes = 60;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    /// <summary>A minute each, the oldest first, those without calls too.</summary>
    public async Task<IReadOnlyList<CallMinute>> ReadAsync(CancellationToken cancellationToken)
    {
        ILookup<DateTimeOffset, HealthBucket> minutes = (await reports.LookAsync(cancellationToken)).Buckets.ToLookup(bucket => HealthBucket.Floor(bucket.At, s_minute));
        DateTimeOffset last = HealthBucket.Floor(time.GetUtcNow(), s_minute);
        return [.. Enumerable.Range(0, Minutes).Select(i => last - ((Minutes - 1 - i) * s_minute)).Select(at => Sum(at, minutes[at]))];
    }

    private static CallMinute Sum(DateTimeOffset at, IEnumerable<HealthBucket> buckets)
    {
        HealthBucket sum = buckets.Aggregate(new HealthBucket(at, 0, 0, 0), (sum, bucket) => sum.Plus(bucket));
        return new CallMinute(at, sum.Calls, sum.Failures, sum.DeadLetters);
    }
}
