using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Storage;
using Courier.Tests.Resilience;

namespace Courier.Tests.Pacing;

public sealed class QuotaLedgerTests
{
    /// <summary>Small, so that what is due is not capped by the burst: an interval of 1.3 s, half a hundred at once, 5 s of tolerance.</summary>
    private static readonly QuotaOptions s_small = new() { Limit = 100, Window = TimeSpan.FromMinutes(1), Burst = 50 };

    [Fact]
    public async Task Many_who_ask_at_once_pay_for_one_operation_and_come_in_order()
    {
        TestLedger ledger = new();

        Slot[] slots = await ledger.TakeTogetherAsync(24);

        Assert.Equal(Enumerable.Range(0, 24).Select(i => (double)i), ledger.Steps(slots, slots[0]));
        Assert.InRange(ledger.State.Writes, 1, 2);
        Assert.Empty(ledger.Log.Events);
    }

    [Fact]
    public async Task More_than_a_batch_are_served_in_order_too()
    {
        TestLedger ledger = new();

        Slot[] slots = await ledger.TakeTogetherAsync(100);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), ledger.Steps(slots, slots[0]));
        Assert.InRange(ledger.State.Writes, 4, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_slot_is_given_twice_by_instances_that_compete(int seed)
    {
        FakeClock clock = new();
        Random random = new(seed);
        InMemoryContainer shared = new("api-state");
        TestLedger[] ledgers = [.. Enumerable.Range(0, 16).Select(_ => new TestLedger(
            new WatchedContainer(shared) { Pause = () => Task.Delay(random.Seconds(0.001, 0.03), clock) }, clock, jitter: random.NextDouble))];

        Slot[][] taken = await clock.RunAsync(() => Task.WhenAll(ledgers.SelectMany(ledger => Enumerable.Repeat(ledger, 3)).Select(ledger => TakeAsync(ledger, 8))));

        Slot[] slots = [.. taken.SelectMany(own => own).OrderBy(slot => slot.At)];
        Assert.Equal(16 * 3 * 8, slots.Select(slot => slot.At).Distinct().Count());
        Assert.Single(slots.Select(slot => slot.Ledger).Distinct());
        Assert.All(ledgers[0].Steps(slots, slots[0]), step => Assert.Equal(Math.Round(step), step, 9));
        Assert.All(ledgers, ledger => Assert.Empty(ledger.Log.Events));
    }

    [Fact]
    public async Task Slots_that_were_fetched_ahead_need_no_operation()
    {
        TestLedger ledger = new();

        Slot[] slots = await ledger.TakeInTurnAsync(31);

        Assert.Equal((1, 5), (ledger.State.Reads, ledger.State.Writes)); // batches of 1, 2, 4, 8, 16
        Assert.Equal(31, slots.Distinct().Count());
    }

    [Fact]
    public async Task Nothing_is_fetched_ahead_that_is_not_due()
    {
        TestLedger ledger = new();
        await ledger.TakeTogetherAsync(60);

        Slot[] slots = await ledger.TakeInTurnAsync(4);
        LedgerState state = await ledger.ReadAsync();

        Assert.Equal(slots[^1].At + ledger.Quota.Interval, state.Next);
    }

    [Fact]
    public async Task Slots_that_went_bad_are_given_back()
    {
        TestLedger ledger = new(quota: s_small);
        Slot[] before = [.. await ledger.TakeTogetherAsync(24), .. await ledger.TakeInTurnAsync(1)]; // three more lie ready

        ledger.Clock.Advance(TimeSpan.FromSeconds(6));
        Slot[] after = await ledger.TakeInTurnAsync(2);

        Assert.Equal([25, 26], ledger.Steps(after, before[0]));
    }

    [Fact]
    public async Task Calls_without_a_slot_are_charged_to_the_next_fetch()
    {
        TestLedger ledger = new();
        Slot[] first = await ledger.TakeTogetherAsync(1);

        ledger.Ledger.Charge(2);
        ledger.Ledger.Charge(1);
        Slot[] next = await ledger.TakeTogetherAsync(1);

        Assert.Equal([4], ledger.Steps(next, first[0]));
    }

    [Fact]
    public async Task Urgent_slot_comes_from_its_own_lane()
    {
        TestLedger ledger = new();
        Slot[] backlog = await ledger.TakeTogetherAsync(200);

        Slot urgent = await ledger.Clock.RunAsync(() => ledger.Ledger.TakeAsync(SlotLane.High, CancellationToken.None).AsTask());
        LedgerState state = await ledger.ReadAsync();

        Assert.Equal(SlotLane.High, urgent.Lane);
        Assert.True(state.TurnOf(urgent, ledger.Quota, ledger.Clock.GetUtcNow()) <= ledger.Clock.GetUtcNow());
        Assert.Equal(backlog[^1].At + ledger.Quota.Interval, state.TurnOf(backlog[^1], ledger.Quota, ledger.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Slot_of_one_who_no_longer_waits_is_not_given_to_another()
    {
        TestLedger ledger = new();
        using CancellationTokenSource gone = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.Clock.RunAsync(() =>
        {
            Task<Slot> left = ledger.Ledger.TakeAsync(SlotLane.Normal, gone.Token).AsTask();
            gone.Cancel();
            return left;
        }));

        Slot[] slots = await ledger.TakeTogetherAsync(3);

        Assert.Equal([0, 1, 2], ledger.Steps(slots, slots[0]));
    }

    private static async Task<Slot[]> TakeAsync(TestLedger ledger, int count)
    {
        List<Slot> slots = [];
        while (slots.Count < count)
            slots.Add(await ledger.TakeAsync());
        return [.. slots];
    }
}
