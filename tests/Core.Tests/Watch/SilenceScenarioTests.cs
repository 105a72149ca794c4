using Courier.Alerts;
using Courier.Contracts;
using Courier.Schedules;

namespace Courier.Tests.Watch;

/// <summary>What is told when nothing succeeds, and when much is given up.</summary>
public sealed class SilenceScenarioTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Messages_that_wait_without_any_success_are_told_once()
    {
        await using TestCourier fleet = CreateSlow();
        await fleet.PassAsync(5 * s_minute);

        await fleet.PostCallsAsync("/a");
        await fleet.PassAsync(6 * 60 * s_minute);

        (Alert alert, DateTimeOffset at) = fleet.Only(AlertKind.Silence);
        Assert.Single(fleet.Alerts);
        Assert.InRange(at - Scenario.Start, 65 * s_minute, 67 * s_minute);
        Assert.Equal(1, alert.Statistics.Waiting);
    }

    [Fact]
    public async Task Silence_is_told_again_only_after_a_success()
    {
        await using TestCourier fleet = CreateSlow();
        await fleet.PostCallsAsync("/a");
        await fleet.PassAsync(3 * 60 * s_minute);
        int first = fleet.Count(AlertKind.Silence);

        fleet.Api.RetryAfter = "1";
        fleet.Api.Answer = path => path == "/good" ? 200 : 429;
        await fleet.PostCallsAsync("/good");
        await fleet.PassAsync(s_minute);
        fleet.Api.RetryAfter = "7200";
        await fleet.PassAsync(3 * 60 * s_minute);

        Assert.Equal((1, 2), (first, fleet.Count(AlertKind.Silence)));
        Assert.Distinct(fleet.Alerts.Select(alert => alert.Alert.Id));
    }

    /// <summary>Its latest time is never an hour ago.</summary>
    [Theory]
    [InlineData("0 */5 * * * *")]
    [InlineData("0 30 * * * *")]
    [InlineData("0 0 7 * * *")]
    public async Task Schedule_without_any_success_is_told_once(string cron)
    {
        await using TestCourier fleet = Scenario.Create(1, ("Alerts:DeadLettersPerHour", "0"), ("Schedules:0:Name", "s"), ("Schedules:0:Cron", cron), ("Schedules:0:Request", """{"method":"GET","path":"/a"}"""));
        fleet.Api.Answer = _ => 404;

        await RunSchedulesAsync(fleet, hours: 6);

        Assert.Equal(["silence"], fleet.Kinds);
    }

    [Fact]
    public async Task Schedule_that_succeeds_is_no_silence()
    {
        await using TestCourier fleet = Scenario.Create(1, ("Schedules:0:Name", "s"), ("Schedules:0:Cron", "0 0 */2 * * *"), ("Schedules:0:Request", """{"method":"GET","path":"/a"}"""));

        await RunSchedulesAsync(fleet, hours: 8);

        Assert.Empty(fleet.Kinds);
    }

    [Fact]
    public async Task Outage_is_told_of_without_a_silence_beside_or_right_after_it()
    {
        await using TestCourier fleet = Scenario.Create(1);
        fleet.PerMinute = 0.5;
        await fleet.PassAsync(5 * s_minute);
        fleet.Api.Answer = _ => 503;
        await fleet.PassAsync(70 * s_minute);
        fleet.PerMinute = 0;

        fleet.Api.Answer = path => path == Scenario.Probe ? 200 : 429;
        fleet.Api.RetryAfter = "600";
        await fleet.PassAsync(30 * s_minute);

        Assert.Equal(["api-outage", "api-outage-continues", "api-recovered"], fleet.Kinds.Where(kind => kind != "dead-letters-rising"));
    }

    [Fact]
    public async Task First_look_after_a_night_without_courier_is_no_silence()
    {
        await using TestCourier fleet = CreateSlow();
        await fleet.PostCallsAsync("/a");
        await fleet.PassAsync(5 * s_minute);

        fleet.Clock.Advance(TimeSpan.FromHours(9));
        await fleet.PassAsync(5 * s_minute);

        Assert.Empty(fleet.Kinds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Dead_letters_that_rise_are_told_of_once_an_hour(int instances)
    {
        await using TestCourier fleet = Scenario.Create(instances);
        fleet.PerMinute = 1;
        fleet.Api.Answer = _ => 404;

        await fleet.PassAsync(190 * s_minute);

        DateTimeOffset[] told = [.. fleet.Alerts.Where(alert => alert.Alert.Kind == AlertKind.DeadLettersRising).Select(alert => alert.At)];
        Assert.InRange(told.Length, 3, 4);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1)));
        Assert.InRange(told[0] - Scenario.Start, 9 * s_minute, 12 * s_minute);
        Assert.Distinct(fleet.Alerts.Select(alert => alert.Alert.Id));
    }

    [Fact]
    public async Task Fewer_dead_letters_than_the_setting_says_are_not_told_of()
    {
        await using TestCourier fleet = Scenario.Create(1);
        fleet.PerMinute = 0.15;
        fleet.Api.Answer = _ => 404;

        await fleet.PassAsync(180 * s_minute);

        Assert.Equal(0, fleet.Count(AlertKind.DeadLettersRising));
    }

    /// <summary>The API puts every call off, so that messages wait and nothing fails.</summary>
    private static TestCourier CreateSlow()
    {
        TestCourier fleet = Scenario.Create(1);
        (fleet.Api.Answer, fleet.Api.RetryAfter) = (_ => 429, "7200");
        return fleet;
    }

    private static async Task RunSchedulesAsync(TestCourier fleet, int hours)
    {
        TestCourier courier = fleet.Instances[0];
        for (int minute = 0; minute < hours * 60; minute++)
        {
            await Task.Run(() => courier.Get<ScheduleRunner>().RunAsync(TestContext.Current.CancellationToken));
            await fleet.PassAsync(s_minute);
        }
    }
}
