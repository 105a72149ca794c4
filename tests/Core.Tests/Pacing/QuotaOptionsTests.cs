using Courier.Pacing;
using Courier.Tests.Configuration;

namespace Courier.Tests.Pacing;

public sealed class QuotaOptionsTests
{
    [Fact]
    public void Five_thousand_calls_an_hour_are_one_in_three_quarters_of_a_second()
    {
        QuotaOptions quota = TestSettings.Options<QuotaOptions>();

        Assert.Equal(TimeSpan.FromSeconds(0.75), quota.Interval);
        Assert.Equal((50, TimeSpan.FromMinutes(1)), (quota.BurstSize, quota.Tolerance));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(600, 10)]
    [InlineData(3600, 60)]
    [InlineData(86_400, 60)]
    public void Tolerance_is_a_sixtieth_of_the_window_within_bounds(int window, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new QuotaOptions { Window = TimeSpan.FromSeconds(window) }.Tolerance);

    [Fact]
    public void Any_window_holds_fewer_calls_than_the_limit() => RandomWalk.Hold(5000, random =>
    {
        QuotaOptions quota = CreateQuota(random);

        Assert.True(quota.Interval > TimeSpan.Zero);
        Assert.True(((quota.Window + quota.Tolerance) / quota.Interval) + quota.BurstSize <= quota.Limit + 1, Describe(quota));
        Assert.True((quota.Window / quota.Interval) + quota.BurstSize <= (quota.Limit * (1 - quota.Reserve)) + 1, Describe(quota));
    });

    [Theory]
    [InlineData("Limit", "1", "between 2 and 1000000000")]
    [InlineData("Limit", "-5", "between 2 and 1000000000")]
    [InlineData("Limit", "many", "many")]
    [InlineData("Window", "00:00:00", "between 00:00:01 and 31.00:00:00")]
    [InlineData("Window", "32.00:00:00", "between 00:00:01 and 31.00:00:00")]
    [InlineData("Reserve", "-0.1", "between 0 and 0.9")]
    [InlineData("Reserve", "1", "between 0 and 0.9")]
    [InlineData("Reserve", "NaN", "between 0 and 0.9")]
    [InlineData("PriorityShare", "0", "between 0.01 and 0.5")]
    [InlineData("PriorityShare", "0.6", "between 0.01 and 0.5")]
    [InlineData("Burst", "0", "at least 1 and at most half of the usable limit")]
    [InlineData("Burst", "2426", "4850")]
    public void Wrong_setting_is_refused_with_its_key_its_value_and_what_is_allowed(string key, string value, string allowed)
    {
        Assert.Contains(
            TestSettings.Errors(($"Quota:{key}", value)),
            error => error.StartsWith($"Quota:{key} is '{value}'", StringComparison.Ordinal) && error.Contains(allowed, StringComparison.Ordinal));
    }

    [Fact]
    public void Right_settings_at_the_edge_are_accepted() => Assert.Empty(TestSettings.Errors(
        ("Quota:Limit", "2"), ("Quota:Window", "31.00:00:00"), ("Quota:Reserve", "0"), ("Quota:PriorityShare", "0.5"), ("Quota:Burst", "1")));

    private static QuotaOptions CreateQuota(Random random)
    {
        int limit = (int)Math.Pow(10, 0.31 + (8.69 * random.NextDouble()));
        double reserve = limit < 100 ? 0 : 0.9 * random.NextDouble();
        int largestBurst = (int)(limit * (1 - reserve) / 2);
        return new QuotaOptions
        {
            Limit = limit,
            Window = TimeSpan.FromSeconds(Math.Pow(10, 6.4 * random.NextDouble())),
            Reserve = reserve,
            Burst = 1 + random.Next(Math.Max(1, largestBurst)),
        };
    }

    private static string Describe(QuotaOptions quota) =>
        $"Limit {quota.Limit}, Window {quota.Window}, Reserve {quota.Reserve}, Burst {quota.BurstSize}: Interval {quota.Interval}";
}
