using Courier.Contracts;

namespace Courier.Tests.Watch;

/// <summary>What fails without being an outage, by whole Couriers on a virtual clock.</summary>
public sealed class NoOutageScenarioTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Refusals_of_what_is_asked_are_no_outage(int instances)
    {
        await using TestCourier fleet = OutageScenarioTests.Create(instances);
        await OutageScenarioTests.BeginAsync(fleet, 0);

        fleet.Api.Answer = _ => 404;
        await fleet.PassAsync(TimeSpan.FromMinutes(50));

        Assert.Equal(["dead-letters-rising"], fleet.Kinds);
        Assert.Empty(fleet.Probes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Used_up_quota_is_no_outage_and_is_probed_only_when_it_is_claimed_anew(int instances)
    {
        await using TestCourier fleet = OutageScenarioTests.Create(instances, ("Quota:Limit", "5000"), ("Alerts:SilenceAfter", "03:00:00"));
        await OutageScenarioTests.BeginAsync(fleet, 0);
        fleet.Api.Answer = _ => 503;
        await fleet.PassAsync(TimeSpan.FromSeconds(20)); // so that a probe would tell something

        fleet.Api.Answer = _ => 429;
        fleet.Api.RetryAfter = "600";
        await fleet.PassAsync(TimeSpan.FromMinutes(60));

        Assert.Empty(fleet.Kinds);
        Assert.InRange(fleet.Probes.Count(), 1, 8 * instances);
        Assert.InRange(fleet.Calls.Count(call => call.At > Scenario.Start.AddMinutes(4)), 1, 40 * instances);
    }
}
