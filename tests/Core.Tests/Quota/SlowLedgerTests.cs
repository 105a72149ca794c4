using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Quota;

/// <summary>The ledger takes so long to be written that a place in it has passed when it is known.</summary>
public sealed class SlowLedgerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Place_that_has_passed_when_it_is_known_is_not_used(int instances)
    {
        FakeClock clock = new();
        bool isSlow = false;
        FaultyStorage storage = new(new InMemoryStorage(clock), clock, operation => isSlow && operation is { Place: "api-state", Verb: "replace" } ? StorageManner.Slow : StorageManner.Well);
        CourierSetup setup = new() { Clock = clock, Storage = storage };
        await using TestCourier courier = new(setup.With(("Quota:Limit", "100"), ("Quota:Window", "00:00:12"), ("Quota:Reserve", "0"), ("Quota:MaxRate", "100000")));
        for (int i = 1; i < instances; i++)
            courier.Add();
        courier.IsWatched = false;
        for (int second = 0; second < 120; second++)
        {
            isSlow = second % 20 < 10;
            await courier.PostCallsAsync([.. Enumerable.Range(0, 10).Select(i => $"/{second}/{i}")]);
            await courier.PassAsync(TimeSpan.FromSeconds(1));
        }

        isSlow = false;
        await courier.PassAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(1200, courier.Calls.Count);
        Assert.InRange(RollingWindow.Most([.. courier.Calls.Select(call => call.At)], TimeSpan.FromSeconds(12)), 50, 100);
    }
}
