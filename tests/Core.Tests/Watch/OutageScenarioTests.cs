using Courier.Alerts;
using Courier.Contracts;

namespace Courier.Tests.Watch;

/// <summary>What is told of an API that fails, by whole Couriers on a virtual clock.</summary>
public sealed class OutageScenarioTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_sustained = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 43)]
    [InlineData(4, 0)]
    [InlineData(4, 43)]
    public async Task Blip_of_half_a_minute_is_no_alert(int instances, int offset)
    {
        await using TestCourier fleet = Create(instances);
        await BeginAsync(fleet, offset);

        await FailAsync(fleet, 503, TimeSpan.FromSeconds(30));
        await fleet.PassAsync(10 * s_minute);

        Assert.Empty(fleet.Kinds);
    }

    [Theory]
    [InlineData(4, 503, 0)]
    [InlineData(4, 503, 17)]
    [InlineData(4, 503, 31)]
    [InlineData(4, 503, 59)]
    [InlineData(1, 503, 1)]
    [InlineData(1, 503, 31)]
    [InlineData(1, ScriptedApi.Hangs, 0)]
    [InlineData(1, ScriptedApi.Hangs, 31)]
    [InlineData(1, ScriptedApi.Hangs, 59)]
    [InlineData(1, ScriptedApi.Refuses, 0)]
    [InlineData(1, ScriptedApi.Refuses, 31)]
    [InlineData(4, ScriptedApi.Hangs, 17)]
    public async Task Outage_is_told_once_with_reminders_and_its_end(int instances, int answer, int offset)
    {
        await using TestCourier fleet = Create(instances, ("Outage:Reminder", "00:05:00"));
        DateTimeOffset began = await BeginAsync(fleet, offset);

        fleet.Api.Answer = _ => answer;
        await fleet.PassUntilAsync(began + (8 * s_minute));
        fleet.PerMinute = 0;
        await fleet.PassUntilAsync(began + (20 * s_minute));
        DateTimeOffset recovered = Recover(fleet);
        await fleet.PassAsync(30 * s_minute);

        Assert.Equal(["api-outage", .. Enumerable.Repeat("api-outage-continues", 3), "api-recovered"], fleet.Kinds);
        Assert.InRange(fleet.Only(AlertKind.ApiOutage).At, began + s_sustained, FirstFailure(fleet, began, answer) + s_sustained + s_minute);
        Assert.InRange(fleet.Only(AlertKind.ApiRecovered).At, recovered, recovered + s_minute);
        Assert.Single(fleet.Alerts.Select(alert => alert.Alert.Incident).Distinct());
    }

    /// <summary>What waits is far away, so nothing but the probe can see the end.</summary>
    [Theory]
    [InlineData(1, 503, 0)]
    [InlineData(1, 503, 31)]
    [InlineData(4, 503, 44)]
    [InlineData(1, ScriptedApi.Hangs, 17)]
    [InlineData(1, ScriptedApi.Refuses, 59)]
    public async Task End_of_an_outage_is_seen_by_the_probe_where_nothing_is_called(int instances, int answer, int offset)
    {
        await using TestCourier fleet = Create(instances, ("Routing:BaseDelay", "05:00:00"), ("Routing:MaxDelay", "05:00:00"));
        DateTimeOffset began = await BeginAsync(fleet, offset);
        fleet.Api.Answer = _ => answer;
        await fleet.PassUntilAsync(began + (8 * s_minute));
        fleet.PerMinute = 0;
        await fleet.PassUntilAsync(began + (20 * s_minute));

        DateTimeOffset recovered = Recover(fleet);
        int probes = fleet.Probes.Count();
        await fleet.PassAsync(30 * s_minute);

        Assert.Equal(["api-outage", "api-recovered"], fleet.Kinds);
        Assert.InRange(fleet.Only(AlertKind.ApiRecovered).At, recovered, recovered + s_minute);
        Assert.InRange(fleet.Probes.Count() - probes, 1, 2);
    }

    [Theory]
    [InlineData(1, 60, 0)]
    [InlineData(4, 60, 0)]
    [InlineData(1, 60, 23)]
    [InlineData(4, 60, 23)]
    [InlineData(1, 20, 0)]
    [InlineData(4, 20, 0)]
    [InlineData(4, 20, 11)]
    [InlineData(1, 90, 0)]
    [InlineData(4, 90, 7)]
    [InlineData(1, 180, 0)]
    [InlineData(4, 180, 0)]
    [InlineData(4, 180, 41)]
    public async Task Flapping_api_is_told_of_seldom(int instances, int phase, int offset)
    {
        await using TestCourier fleet = Create(instances);
        DateTimeOffset began = await BeginAsync(fleet, offset);

        while (fleet.Now < began + (30 * s_minute))
        {
            await FailAsync(fleet, 503, TimeSpan.FromSeconds(phase));
            await fleet.PassAsync(TimeSpan.FromSeconds(phase));
        }

        await fleet.PassAsync(30 * s_minute);

        Assert.InRange(fleet.Count(AlertKind.ApiOutage), 0, phase == 180 ? 2 : 1); // three minutes are an outage; the second one lasts until all is calm
        Assert.Equal(fleet.Count(AlertKind.ApiOutage), fleet.Count(AlertKind.ApiRecovered));
        Assert.Equal(0, fleet.Count(AlertKind.ApiOutageContinues));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Partial_outage_is_opened_once_and_closed_once(int instances)
    {
        await using TestCourier fleet = Create(instances);
        await BeginAsync(fleet, 0);
        int call = 0;

        fleet.Api.Answer = path => path == Scenario.Probe || ++call % 4 == 0 ? 200 : 503;
        await fleet.PassAsync(30 * s_minute);
        DateTimeOffset recovered = Recover(fleet);
        await fleet.PassAsync(30 * s_minute);

        Assert.Equal(["api-outage", "api-recovered"], fleet.Kinds);
        Assert.True(fleet.Only(AlertKind.ApiRecovered).At >= recovered);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(200)]
    public async Task Six_calls_an_hour_that_all_fail_are_an_outage_whatever_a_probe_says(int probe)
    {
        await using TestCourier fleet = Scenario.Create(4);
        fleet.PerMinute = 0.1;
        await fleet.PassAsync(3 * 60 * s_minute);
        DateTimeOffset began = fleet.Now;

        fleet.Api.Answer = path => path == Scenario.Probe ? probe : 503;
        await fleet.PassAsync(3 * 60 * s_minute);
        DateTimeOffset recovered = Recover(fleet);
        await fleet.PassAsync(3 * 60 * s_minute);

        Assert.Equal(["api-outage", "api-recovered"], fleet.Kinds.Where(kind => kind != "api-outage-continues"));
        Assert.InRange(fleet.Only(AlertKind.ApiOutage).At, began, began + (24 * s_minute));
        Assert.InRange(fleet.Only(AlertKind.ApiRecovered).At, recovered, recovered + (11 * s_minute));
    }

    [Fact]
    public async Task Few_errors_after_an_outage_that_came_twice_do_not_keep_it_open()
    {
        await using TestCourier fleet = Create(1);
        await BeginAsync(fleet, 0);
        await FailAsync(fleet, 503, 5 * s_minute);
        await fleet.PassAsync(3 * s_minute);
        await FailAsync(fleet, 503, 5 * s_minute);
        int call = 0;

        fleet.Api.Answer = _ => ++call % 20 == 0 ? 503 : 200;
        await fleet.PassAsync(20 * s_minute);

        Assert.Equal(["api-outage", "api-recovered", "api-outage", "api-recovered"], fleet.Kinds);
        Assert.Distinct(fleet.Alerts.Select(alert => alert.Alert.Id));
    }

    [Fact]
    public async Task One_failed_call_after_an_outage_is_no_outage()
    {
        await using TestCourier fleet = Create(1, ("Routing:BaseDelay", "05:00:00"), ("Routing:MaxDelay", "05:00:00"));
        await BeginAsync(fleet, 0);
        fleet.Api.Answer = _ => 503;
        await fleet.PassAsync(5 * s_minute);
        fleet.PerMinute = 0;
        await fleet.PassAsync(5 * s_minute);
        Recover(fleet);
        await fleet.PassAsync(5 * s_minute);

        fleet.Api.Answer = _ => 503;
        await fleet.PostCallsAsync("/companies/example.com");
        await fleet.PassAsync(TimeSpan.FromSeconds(30));
        Recover(fleet);
        await fleet.PassAsync(10 * s_minute);

        Assert.Equal(["api-outage", "api-recovered"], fleet.Kinds);
    }

    internal static TestCourier Create(int instances, params (string Key, string Value)[] settings)
    {
        TestCourier fleet = Scenario.Create(instances, settings);
        fleet.PerMinute = 20;
        return fleet;
    }

    /// <summary>All is well until this second of a minute.</summary>
    internal static async Task<DateTimeOffset> BeginAsync(TestCourier fleet, int offset)
    {
        await fleet.PassAsync((3 * s_minute) + TimeSpan.FromSeconds(offset));
        return fleet.Now;
    }

    private static async Task FailAsync(TestCourier fleet, int status, TimeSpan time)
    {
        fleet.Api.Answer = _ => status;
        await fleet.PassAsync(time);
        Recover(fleet);
    }

    private static DateTimeOffset Recover(TestCourier fleet)
    {
        fleet.Api.Answer = _ => 200;
        return fleet.Now;
    }

    /// <summary>A call that gets no answer has failed when its attempts and their pauses are over.</summary>
    private static DateTimeOffset FirstFailure(TestCourier fleet, DateTimeOffset began, int answer) =>
        fleet.Calls.First(call => call.At >= began).At + (answer == ScriptedApi.Hangs ? TimeSpan.FromSeconds(45) : TimeSpan.FromSeconds(7));
}
