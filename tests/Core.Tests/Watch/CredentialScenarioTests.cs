using Courier.Alerts;
using Courier.Contracts;
using Courier.Watch;
using Microsoft.Extensions.Hosting;

namespace Courier.Tests.Watch;

/// <summary>What is told of a key that is refused, by whole Couriers with their <see cref="HealthLoop"/> on a virtual clock.</summary>
public sealed class CredentialScenarioTests
{
    private const string NewKey = "another-key-9876543210";

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 57)]
    [InlineData(4, 58)]
    [InlineData(4, 59)]
    public async Task Revoked_key_is_told_at_once_and_its_replacement_once(int instances, int offset)
    {
        await using TestCourier fleet = await CreateAsync(instances);
        await fleet.PassAsync((3 * s_minute) + TimeSpan.FromSeconds(offset));
        DateTimeOffset revoked = fleet.Now;

        fleet.Api.Answer = _ => 401;
        await fleet.PassAsync(30 * s_minute);
        int[] answered = [.. fleet.Calls.Where(call => call.At >= revoked && call.Path != Scenario.Probe).Select(call => (int)(call.At - revoked).TotalSeconds)];
        await StopAsync(fleet);
        TestCourier replaced = fleet.Add(("Api:Key", NewKey));
        fleet.Instances.RemoveRange(0, instances);
        fleet.Api.Answer = _ => 200;
        await fleet.PassAsync(60 * s_minute);

        Assert.Equal(["credential-rejected", "credential-restored"], fleet.Kinds);
        Assert.InRange(fleet.Only(AlertKind.CredentialRejected).At, revoked, fleet.Calls.First(call => call.At >= revoked).At + TimeSpan.FromSeconds(5));
        Assert.All(answered, second => Assert.InRange(second, 0, 8)); // the first of them, and those of instances that have not heard of it yet
        Assert.Equal(answered.Length, (await replaced.DeadLettersAsync()).Count(letter => letter.GetProperty("reason").GetString() == "unauthorized"));
        Assert.Equal(0, await fleet.WaitingAsync());
        Assert.InRange(fleet.Probes.Count(at => at >= revoked), 28, 32);
        Assert.Equal("unauthorized", Assert.Single(fleet.Only(AlertKind.CredentialRejected).Alert.Samples).Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Key_that_is_accepted_again_is_told_of_once_however_many_instances_there_are(int instances)
    {
        await using TestCourier fleet = await CreateAsync(instances);
        await fleet.PassAsync(3 * s_minute);
        fleet.Api.Answer = _ => 401;
        await fleet.PassAsync((90 * s_minute) + TimeSpan.FromSeconds(20));
        DateTimeOffset accepted = fleet.Now;

        fleet.Api.Answer = _ => 200;
        await fleet.PassAsync(60 * s_minute);

        Assert.Equal(["credential-rejected", "credential-restored"], fleet.Kinds);
        Assert.InRange(fleet.Only(AlertKind.CredentialRestored).At, accepted, accepted + s_minute + TimeSpan.FromSeconds(2));
        Assert.Single(fleet.Alerts.Select(alert => alert.Alert.Incident).Distinct());
        Assert.Equal(0, await fleet.WaitingAsync());
    }

    [Fact]
    public async Task Look_by_an_instance_that_has_not_heard_of_the_refusal_does_not_tell_that_it_is_over()
    {
        await using TestCourier fleet = Scenario.Create(2, ("Quota:Limit", "5000"));
        fleet.IsWatched = false;
        (TestCourier late, TestCourier first) = (fleet.Instances[0], fleet.Instances[1]);
        await fleet.PostCallsAsync("/a");
        await late.ProcessAsync(); // and so it knows that the key is good
        fleet.Api.Answer = _ => 401;
        await fleet.PostCallsAsync("/b");
        await first.ProcessAsync();

        await WatchAsync(fleet, first);
        fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        await WatchAsync(fleet, late);

        Assert.Equal(["credential-rejected"], fleet.Kinds);
    }

    private static async Task WatchAsync(TestCourier fleet, TestCourier courier)
    {
        await fleet.Clock.RunAsync(() => courier.Get<HealthWatch>().RunAsync(Cancelled));
        await fleet.PassAsync(TimeSpan.Zero);
    }

    private static async Task<TestCourier> CreateAsync(int instances)
    {
        TestCourier fleet = Scenario.Create(instances, ("Quota:Limit", "5000"), ("Alerts:SilenceAfter", "00:20:00"));
        fleet.PerMinute = 20;
        foreach (TestCourier courier in fleet.Instances)
            await Loop(courier).BeginAsync(fleet.Clock);
        return fleet;
    }

    private static async Task StopAsync(TestCourier fleet)
    {
        foreach (TestCourier courier in fleet.Instances)
            await Loop(courier).StopAsync(Cancelled);
    }

    private static HealthLoop Loop(TestCourier courier) => courier.Get<IEnumerable<IHostedService>>().OfType<HealthLoop>().Single();
}
