using Courier.Contracts;
using Courier.Pacing;
using Courier.Quota;
using Courier.Storage;
using Courier.Tests.Pacing;

namespace Courier.Tests.Storage;

public sealed class SharedStateTests
{
    [Fact]
    public async Task Change_that_changes_nothing_is_not_written()
    {
        WatchedContainer container = new(new InMemoryContainer("api-state"));
        SharedState<CredentialState> state = new(container, LedgerStore.Blob, PacingJson.Format.CredentialState, new FakeClock(), () => 0);
        await state.UpdateAsync(_ => (CredentialState.None, 0), knownIsLikely: false, TestContext.Current.CancellationToken);

        int result = await state.UpdateAsync(known => (known!, 7), knownIsLikely: false, TestContext.Current.CancellationToken);

        Assert.Equal((7, 1), (result, container.Writes));
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_reading()
    {
        FakeClock clock = new();
        WatchedContainer container = new(new InMemoryContainer("api-state")) { Pause = () => Task.Delay(TimeSpan.FromMilliseconds(10), clock, CancellationToken.None) };
        SharedState<CredentialState> state = new(container, LedgerStore.Blob, PacingJson.Format.CredentialState, clock, () => 0);

        await clock.RunAsync(() => Task.WhenAll(Enumerable.Range(0, 24).Select(_ => state.ReadAsync(TimeSpan.FromSeconds(5), CancellationToken.None).AsTask())));

        Assert.Equal(1, container.Reads);
    }

    [Fact]
    public async Task Who_finds_what_it_wrote_is_alone_until_somebody_else_writes()
    {
        InMemoryContainer container = new("api-state");
        SharedState<CredentialState> one = Create(container), other = Create(container);
        await WriteAsync(one, "a");
        await one.ReadAsync(TimeSpan.FromTicks(-1), CancellationToken.None);
        bool before = one.IsAlone;

        await WriteAsync(other, "b");
        await one.ReadAsync(TimeSpan.FromTicks(-1), CancellationToken.None);

        Assert.Equal((true, false), (before, one.IsAlone));
    }

    private static SharedState<CredentialState> Create(IBlobContainer container) =>
        new(container, LedgerStore.Blob, PacingJson.Format.CredentialState, new FakeClock(), () => 0);

    private static Task<int> WriteAsync(SharedState<CredentialState> state, string hash) =>
        state.UpdateAsync(_ => (CredentialState.None with { KeyHash = hash }, 0), knownIsLikely: false, CancellationToken.None);
}
