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
}
