using Courier.Health;

namespace Courier.Tests.Health;

public sealed class HealthBucketTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan s_memory = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("06:00:00", "06:00:00")]
    [InlineData("06:00:09.9999999", "06:00:00")]
    [InlineData("06:00:10", "06:00:10")]
    [InlineData("00:00:05", "00:00:00")]
    public void Moment_belongs_to_the_bucket_that_began_before(string moment, string begin) =>
        Assert.Equal(At(begin), HealthBucket.Floor(At(moment), HealthBucket.Width));

    [Fact]
    public void Moment_in_another_zone_belongs_to_the_same_bucket() =>
        Assert.Equal(At("06:00:00"), HealthBucket.Floor(At("06:00:07").ToOffset(TimeSpan.FromMinutes(345)), TimeSpan.FromMinutes(1)));

    [Fact]
    public void Counts_of_the_same_time_become_one_in_the_order_of_time()
    {
        IReadOnlyList<HealthBucket> merged = Merge(Bucket("05:59:50", 1), Bucket("05:59:40", 2), Bucket("05:59:50", 3));

        Assert.Equal([new HealthBucket(At("05:59:40"), 2, 2, 2), new HealthBucket(At("05:59:50"), 4, 4, 4)], merged);
    }

    [Fact]
    public void What_is_older_than_ten_minutes_is_kept_by_the_minute()
    {
        IReadOnlyList<HealthBucket> merged = Merge(Bucket("05:49:50", 1), Bucket("05:49:00", 1), Bucket("05:50:00", 1), Bucket("05:50:10", 1));

        Assert.Equal(["05:49:00 2", "05:50:00 1", "05:50:10 1"], merged.Select(bucket => $"{bucket.At:HH:mm:ss} {bucket.Calls}"));
    }

    [Fact]
    public void What_is_older_than_the_memory_is_forgotten() =>
        Assert.Equal([At("05:00:00")], Merge(Bucket("04:59:50", 1), Bucket("05:00:00", 1)).Select(bucket => bucket.At));

    [Fact]
    public void Merging_again_changes_nothing_and_no_count_is_lost()
    {
        HealthBucket[] seen = [.. Enumerable.Range(0, 350).Select(i => Bucket("05:59:50", i) with { At = s_now - TimeSpan.FromSeconds(10 * i) })];

        IReadOnlyList<HealthBucket> once = Merge(seen);

        Assert.Equal(once, Merge([.. once]));
        Assert.Equal(seen.Sum(bucket => bucket.Calls), once.Sum(bucket => bucket.Calls));
        Assert.InRange(once.Count, 100, 115);
    }

    private static IReadOnlyList<HealthBucket> Merge(params HealthBucket[] buckets) => HealthBucket.Merge(buckets, s_memory, s_now);

    private static HealthBucket Bucket(string at, int count) => new(At(at), count, count, count);

    private static DateTimeOffset At(string time) => new(new DateOnly(2026, 1, 1), TimeOnly.Parse(time, null), TimeSpan.Zero);
}
