using Courier.Quota;
using Courier.Tests.Configuration;

namespace Courier.Tests.Quota;

public sealed class QuotaOptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_contract()
    {
        QuotaOptions quota = TestSettings.Options<QuotaOptions>();

        Assert.Equal((5000, 4850, 485, true), (quota.Limit, quota.Usable, quota.PriorityCap, quota.UseHeaders));
        Assert.Equal((TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3615)), (quota.Spacing, quota.Tolerance, quota.TakenFor));
    }

    [Theory]
    [InlineData(1, 0.02, 1.04)]
    [InlineData(12, 0.24, 12.48)]
    [InlineData(600, 10, 615)]
    [InlineData(86_400, 10, 86_415)]
    public void Short_windows_are_stretched_little(int window, double tolerance, double takenFor)
    {
        QuotaOptions quota = new() { Window = TimeSpan.FromSeconds(window) };

        Assert.Equal((tolerance, takenFor), (quota.Tolerance.TotalSeconds, quota.TakenFor.TotalSeconds));
    }

    [Theory]
    [InlineData(20, 32)]
    [InlineData(400, 100)]
    [InlineData(1_000_000, 512)]
    public void More_is_taken_ahead_of_need_where_the_rate_uses_it_up_in_moments(double rate, int most) =>
        Assert.Equal(most, new QuotaOptions { MaxRate = rate }.LargestStock);

    [Theory]
    [InlineData(2, 0.9, 1)]
    [InlineData(100, 0.03, 97)]
    [InlineData(60, 0, 60)]
    public void Usable_is_the_limit_less_the_reserve_and_never_nothing(int limit, double reserve, int usable) =>
        Assert.Equal(usable, new QuotaOptions { Limit = limit, Reserve = reserve }.Usable);

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
    [InlineData("MaxRate", "0", "between 0.001 and 1000000")]
    [InlineData("UseHeaders", "perhaps", "perhaps")]
    public void Wrong_setting_is_refused_with_its_key_its_value_and_what_is_allowed(string key, string value, string allowed)
    {
        Assert.Contains(
            TestSettings.Errors(($"Quota:{key}", value)),
            error => error.StartsWith($"Quota:{key} is '{value}'", StringComparison.Ordinal) && error.Contains(allowed, StringComparison.Ordinal));
    }

    [Fact]
    public void Right_settings_at_the_edge_are_accepted() => Assert.Empty(TestSettings.Errors(
        ("Quota:Limit", "2"), ("Quota:Window", "31.00:00:00"), ("Quota:Reserve", "0"), ("Quota:PriorityShare", "0.5"), ("Quota:MaxRate", "0.001")));
}
