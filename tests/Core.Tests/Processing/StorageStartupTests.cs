using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Storage that fails while Courier starts.</summary>
public sealed class StorageStartupTests
{
    private StorageManner _manner;

    [Theory]
    [InlineData(StorageManner.Refused)]
    [InlineData(StorageManner.Lost)]
    public async Task Storage_that_fails_in_passing_does_not_keep_Courier_from_starting(StorageManner manner)
    {
        await using TestCourier courier = Create();
        _manner = manner;

        await courier.StartAsync(CancellationToken.None);

        _manner = StorageManner.Well;
        await courier.PostCallsAsync("/a");
        await courier.ProcessAsync();
        Assert.Single(courier.Calls);
    }

    [Fact]
    public async Task Storage_that_needs_somebody_to_act_ends_the_start()
    {
        await using TestCourier courier = Create();
        _manner = StorageManner.Leased;

        await Assert.ThrowsAsync<StorageFailureException>(() => courier.StartAsync(CancellationToken.None));
    }

    private TestCourier Create()
    {
        FakeClock clock = new();
        return TestCourier.Create(clock: clock, storage: new FaultyStorage(new InMemoryStorage(clock), clock, operation => operation.Verb == "ensure" ? _manner : StorageManner.Well));
    }
}
