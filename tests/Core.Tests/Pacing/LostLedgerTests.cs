using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Storage;
using Courier.Tests.Processing;
using Courier.Tests.Resilience;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pacing;

/// <summary>The shared blob is deleted, or holds rubbish, or cannot be reached.</summary>
public sealed class LostLedgerTests
{
    [Fact]
    public async Task Deleted_ledger_is_followed_by_one_without_a_burst()
    {
        TestLedger ledger = new();
        Slot[] before = await ledger.TakeTogetherAsync(1);

        await ledger.State.DeleteAsync(QuotaLedger.Blob, TestContext.Current.CancellationToken);
        Slot[] after = await ledger.TakeTogetherAsync(3);

        await AssertStartedAnewAsync(ledger, before, after);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"ledger\":\"x\",\"clock\":{\"at\":\"2026-01-01T00:0")]
    [InlineData("{\"ledger\":5,\"clock\":null,\"next\":\"soon\"}")]
    [InlineData("\0\0\0\0")]
    public async Task Corrupted_ledger_is_followed_by_one_without_a_burst(string text)
    {
        TestLedger ledger = new();
        Slot[] before = await ledger.TakeTogetherAsync(1);

        await ledger.WriteAsync(text);
        Slot[] after = await ledger.TakeTogetherAsync(3);

        await AssertStartedAnewAsync(ledger, before, after);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("null")]
    public async Task Ledger_that_was_corrupted_before_the_start_is_lost_too(string text)
    {
        TestLedger ledger = new();
        await ledger.WriteAsync(text);

        LedgerState state = await ledger.ReadAsync();

        Assert.Equal(1, state.Available(ledger.Quota, ledger.Clock.GetUtcNow()));
        Assert.Equal(["quota.ledger-lost"], ledger.Log.Events);
    }

    [Fact]
    public async Task First_ledger_of_all_is_no_lost_one()
    {
        TestLedger ledger = new();

        LedgerState state = await ledger.ReadAsync();

        Assert.Equal(50, state.Available(ledger.Quota, ledger.Clock.GetUtcNow()));
        Assert.Empty(ledger.Log.Events);
    }

    [Fact]
    public async Task Storage_that_fails_is_seen_by_who_asked_and_the_next_is_served()
    {
        TestLedger ledger = new();
        ledger.State.Failure = new IOException("broken");

        await Assert.ThrowsAsync<IOException>(() => ledger.TakeTogetherAsync(3));
        ledger.State.Failure = null;

        Assert.Equal(3, (await ledger.TakeTogetherAsync(3)).Distinct().Count());
    }

    [Fact]
    public async Task What_is_owed_is_still_owed_after_a_failure()
    {
        TestLedger ledger = new();
        Slot[] first = await ledger.TakeTogetherAsync(1);
        ledger.Ledger.Charge(3);

        ledger.State.Failure = new IOException("broken");
        await Assert.ThrowsAsync<IOException>(() => ledger.TakeTogetherAsync(1));
        ledger.State.Failure = null;
        Slot[] next = await ledger.TakeTogetherAsync(1);

        Assert.Equal([4], ledger.Steps(next, first[0]));
    }

    [Fact]
    public async Task What_is_owed_is_still_owed_when_the_length_of_a_backlog_cannot_be_read()
    {
        FakeClock clock = new();
        FailingStorage storage = new(new InMemoryStorage(clock));
        QuotaLedger ledger = new(new CourierStorage(storage, Options.Create(new QueueOptions())), Options.Create(new QuotaOptions()), clock, () => 0.5, new EventLog<QuotaLedger>());
        Task<Slot[]> TakeAsync(int count) => clock.RunAsync(() => Task.WhenAll(Enumerable.Range(0, count).Select(_ => ledger.TakeAsync(SlotLane.Normal, CancellationToken.None).AsTask())));
        await TakeAsync(60); // more than the burst: from now on whoever asks is gathered
        LedgerState before = await clock.RunAsync(() => ledger.ReadAsync(TimeSpan.Zero, CancellationToken.None).AsTask());
        ledger.Charge(3);
        storage.Broken = "count api-requests";

        await Assert.ThrowsAsync<IOException>(() => TakeAsync(16));
        storage.Broken = null;
        Slot next = (await TakeAsync(16))[0];

        Assert.Equal(before.Next + (new QuotaOptions().Interval * 3), next.At);
    }

    private static async Task AssertStartedAnewAsync(TestLedger ledger, Slot[] before, Slot[] after)
    {
        LedgerState state = await ledger.ReadAsync();
        DateTimeOffset now = ledger.Clock.GetUtcNow();
        Assert.NotEqual(before[0].Ledger, after[0].Ledger);
        Assert.All(before, slot => Assert.Null(state.TurnOf(slot, ledger.Quota, now)));
        Assert.Equal([0, 1, 2], ledger.Steps(after, after[0]));
        Assert.Single(after, slot => state.TurnOf(slot, ledger.Quota, now) <= now);
        Assert.Equal(["quota.ledger-lost"], ledger.Log.Events);
    }
}
