using Courier.Alerts;
using Courier.Contracts;
using Courier.Pacing;
using Courier.Quota;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Storage that fails before the call uses up neither deliveries nor attempts, and one that is blocked is told.</summary>
public sealed class StorageBeforeCallTests
{
    private StorageManner _state = StorageManner.Well;
    private string _place = "api-state";

    [Theory]
    [InlineData(StorageManner.Refused)]
    [InlineData(StorageManner.Lost)]
    [InlineData(StorageManner.Leased)]
    public async Task Requests_wait_until_the_state_answers_again(StorageManner manner)
    {
        await using TestCourier courier = Create();
        await courier.PostCallsAsync([.. Enumerable.Range(0, 30).Select(i => $"/{i}")]);
        _state = manner;

        await courier.ProcessForAsync(TimeSpan.FromSeconds(231));

        Assert.Empty(courier.Calls);
        Assert.Equal(30, await courier.WaitingAsync());
        _state = StorageManner.Well;
        await courier.ProcessForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(30, courier.Calls.Count);
        Assert.Equal(30, (await courier.ResultsAsync()).Count);
    }

    [Fact]
    public async Task Claim_check_whose_blob_cannot_be_read_waits_under_one_id()
    {
        await using TestCourier courier = Create();
        await courier.PostLargeAsync($$"""{"method":"POST","path":"/x","body":"{{new string('a', 60_000)}}"}""");
        (_place, _state) = ("api-requests", StorageManner.Refused);

        await courier.ProcessForAsync(TimeSpan.FromSeconds(231));

        Assert.Equal(1, await courier.WaitingAsync());
        _state = StorageManner.Well;
        await courier.ProcessForAsync(TimeSpan.FromMinutes(1));
        Assert.Single(courier.Calls);
        Assert.Single(await courier.ResultsAsync());
    }

    [Fact]
    public async Task Lease_on_the_ledger_is_told_once_with_what_to_do()
    {
        await using TestCourier courier = Create(operation => operation is { Verb: "replace", Blob: LedgerStore.Blob });
        _state = StorageManner.Leased;
        await courier.PostCallsAsync("/a");

        await courier.PassAsync(TimeSpan.FromHours(1));

        (Alert alert, _) = courier.Only(AlertKind.StorageBlocked);
        Assert.Contains("api-state/" + LedgerStore.Blob, alert.Summary, StringComparison.Ordinal);
        Assert.Contains("Break the lease", alert.Summary, StringComparison.Ordinal);
        Assert.Empty(courier.Calls);
        _state = StorageManner.Well;
        await courier.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(courier.Calls);
    }

    [Fact]
    public async Task Lease_on_the_hold_keeps_no_call_from_its_settlement()
    {
        await using TestCourier courier = Create(operation => operation is { Verb: "replace", Blob: CredentialHold.Blob });
        courier.Api.Answer = _ => 401;
        _state = StorageManner.Leased;
        await courier.PostCallsAsync("/a");

        await courier.ProcessForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["unauthorized"], await courier.ReasonsAsync());
    }

    private TestCourier Create(Func<StorageOperation, bool>? where = null)
    {
        FakeClock clock = new();
        where ??= operation => operation.Place == _place && operation.Blob is not null;
        return TestCourier.Create(
            clock: clock, settings: [new("Quota:Limit", "5000")], storage: new FaultyStorage(new InMemoryStorage(clock), clock, operation => where(operation) ? _state : StorageManner.Well));
    }
}
