namespace Courier.Health;

/// <summary>What all instances have seen lately.</summary>
public sealed record HealthWindow(
    IReadOnlyList<HealthBucket> Buckets, IReadOnlyList<CallSample> FailedCalls, IReadOnlyList<CallSample> DeadLetters, DateTimeOffset? LastSuccessAt,
    StorageFault? Blocked = null)
{
    private const int MostSamples = 3;

    public static HealthWindow Merge(IReadOnlyCollection<HealthReport> reports, TimeSpan memory, DateTimeOffset now) => new(
        HealthBucket.Merge(reports.SelectMany(report => report.Buckets), memory, now),
        Newest(reports.SelectMany(report => report.FailedCalls)),
        Newest(reports.SelectMany(report => report.DeadLetters)),
        reports.Max(report => report.LastSuccessAt),
        reports.Select(report => report.Blocked?.Lately(now)).OfType<StorageFault>().MaxBy(fault => fault.At));

    public HealthBucket Since(DateTimeOffset from) =>
        Buckets.Where(bucket => bucket.At >= from).Aggregate(new HealthBucket(from, 0, 0, 0), (sum, bucket) => sum.Plus(bucket));

    /// <summary>Without what was before.</summary>
    public HealthWindow After(DateTimeOffset? moment) => moment is null ? this : this with { Buckets = [.. Buckets.Where(bucket => bucket.At >= moment)] };

    internal static IReadOnlyList<CallSample> Newest(IEnumerable<CallSample> samples) => [.. samples.OrderByDescending(sample => sample.At).Take(MostSamples)];
}
