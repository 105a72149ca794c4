using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Pacing;

/// <summary>Requests whose turn comes after they have expired.</summary>
public sealed class ExpiringInLineTests
{
    [Fact]
    public async Task Requests_that_expire_in_line_do_not_keep_the_quota_from_those_behind_them()
    {
        FakeClock clock = new();
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock) };
        await using TestCourier courier = new(setup.With(("Quota:Limit", "60"), ("Quota:Window", "00:01:00"), ("Quota:Reserve", "0"), ("Quota:MaxRate", "10")));
        courier.IsWatched = false;
        for (int minute = 0; minute < 60; minute++)
        {
            for (int i = 0; i < 90; i++) // half as many again as the quota allows
                await courier.PostAsync($$"""{"method":"GET","path":"/{{minute}}","expiresAt":"{{courier.Now.AddMinutes(2):O}}"}""");
            await courier.PassAsync(TimeSpan.FromMinutes(1));
        }

        int late = courier.Calls.Count(call => call.At > clock.GetUtcNow().AddMinutes(-30));
        Assert.True(late > 30 * 60 / 3, $"{late} calls in the last 30 minutes, in which the quota allows {30 * 60}");
    }
}
