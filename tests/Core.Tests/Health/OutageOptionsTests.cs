using Courier.Health;
using Courier.Tests.Configuration;

namespace Courier.Tests.Health;

public sealed class OutageOptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_readme()
    {
        OutageOptions options = TestSettings.Options<OutageOptions>();

        Assert.Equal((TimeSpan.FromMinutes(5), 5, 0.5), (options.Window, options.MinimumCalls, options.FailureRatio));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromHours(1)), (options.SustainedFor, options.Reminder));
    }

    [Theory]
    [InlineData("00:05:00", "01:00:00")]
    [InlineData("00:30:00", "01:00:00")]
    [InlineData("01:00:00", "02:00:00")]
    public void Calls_are_looked_for_far_enough_back(string window, string lookback) =>
        Assert.Equal(TimeSpan.Parse(lookback, null), TestSettings.Options<OutageOptions>(("Outage:Window", window)).Lookback);

    [Theory]
    [InlineData("Outage:Window", "01:00:01", "must be between 00:01:00 and 01:00:00")]
    [InlineData("Outage:Window", "five minutes", "must be a duration like 00:00:30")]
    [InlineData("Outage:MinimumCalls", "0", "must be between 1 and 100000")]
    [InlineData("Outage:FailureRatio", "0", "must be between 0.01 and 1")]
    [InlineData("Outage:FailureRatio", "1.01", "must be between 0.01 and 1")]
    [InlineData("Outage:FailureRatio", "NaN", "must be between 0.01 and 1")]
    [InlineData("Outage:SustainedFor", "00:00:59", "must be between 00:01:00 and 01:00:00")]
    [InlineData("Outage:SustainedFor", "00:06:00", "must not be above Outage:Window, which is '00:05:00'")]
    [InlineData("Outage:Reminder", "00:00:59", "must be between 00:01:00 and 7.00:00:00")]
    public void Wrong_setting_is_named_with_its_value_and_what_is_allowed(string key, string value, string allowed)
    {
        string error = Assert.Single(TestSettings.Errors((key, value)));

        Assert.StartsWith($"{key} is '{value}': ", error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
    }
}
