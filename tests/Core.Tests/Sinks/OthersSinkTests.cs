using System.Net;
using System.Text.Json;
using Courier.Contracts;
using Courier.Storage;
using Courier.Watch;

namespace Courier.Tests.Sinks;

/// <summary>Deployments with different webhooks share the alerts that wait.</summary>
public sealed class OthersSinkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alert_for_a_webhook_that_another_deployment_does_not_have_still_arrives()
    {
        FakeClock clock = new();
        int tries = 0;
        StubApi outside = new((request, _) => Task.FromResult(new HttpResponseMessage(request.RequestUri!.Host == "hooks.test" && ++tries == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK) { Content = new StringContent("{}") }));
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock), Outside = outside };
        await using TestCourier with = new(setup.With(("Alerts:Webhooks:0:Url", "https://hooks.test/x"), ("Alerts:DeadLettersPerHour", "1")));
        await using TestCourier without = new(setup.With(("Alerts:DeadLettersPerHour", "1")));
        await with.PostAsync("no request");
        await with.ProcessAsync();
        await clock.RunAsync(() => WatchAsync(with)); // decided, told to the queue and the log; the webhook answers 503
        clock.Advance(TimeSpan.FromMinutes(1));
        await clock.RunAsync(() => WatchAsync(without)); // "the settings name no such sink": dropped for good
        for (int minute = 0; minute < 30; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await clock.RunAsync(() => WatchAsync(with));
        }

        Assert.True(tries >= 2, $"tried {tries} times, {JsonSerializer.Serialize(await with.Get<AlertDesk>().ReadAsync(Cancelled), WatchJson.Format.AlertState)}");
    }

    private static async Task<int> WatchAsync(TestCourier courier)
    {
        await courier.Get<HealthWatch>().RunAsync(Cancelled);
        return 0;
    }
}
