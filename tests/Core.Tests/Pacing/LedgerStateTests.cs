using Courier.Messages;
using Courier.Pacing;

namespace Courier.Tests.Pacing;

public sealed class LedgerStateTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly QuotaOptions s_quota = new();

    [Fact]
    public void New_ledger_begins_with_a_burst() => Assert.Equal(50, Create().Available(s_quota, s_start));

    [Fact]
    public void Ledger_that_follows_a_lost_one_begins_with_a_single_slot() => Assert.Equal(1, Create(burst: false).Available(s_quota, s_start));

    [Fact]
    public void Slots_are_consecutive_over_takes_of_any_size()
    {
        LedgerState state = Create();
        List<Slot> slots = [];

        foreach (int count in (int[])[1, 7, 1, 32, 60])
        {
            Taken taken = state.Take(count, s_quota, s_start);
            slots.AddRange(Enumerable.Range(0, count).Select(i => taken[i]));
            state = taken.State;
        }

        Assert.Equal(Enumerable.Range(0, 101).Select(i => slots[0].At + (s_quota.Interval * i)), slots.Select(slot => slot.At));
        Assert.Equal(50, slots.Count(slot => state.TurnOf(slot, s_quota, s_start) <= s_start));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3600)]
    [InlineData(864_000)]
    public void After_a_quiet_time_exactly_the_burst_is_due_at_once(int seconds)
    {
        LedgerState state = Create(burst: false);
        DateTimeOffset now = s_start.AddSeconds(seconds);

        Taken taken = state.Take(52, s_quota, now);

        Assert.Equal(50, state.Available(s_quota, now));
        Assert.Equal(0, taken.State.Available(s_quota, now));
        Assert.Equal([now, now + s_quota.Interval], Enumerable.Range(49, 2).Select(i => taken.State.TurnOf(taken[i], s_quota, now)!.Value));
    }

    [Fact]
    public void Returned_slots_are_the_next_ones()
    {
        Taken taken = Create().Take(10, s_quota, s_start);

        Assert.Equal(taken[7], taken.State.Return(3, s_quota, s_start).Take(1, s_quota, s_start)[0]);
    }

    [Fact]
    public void Slot_is_too_late_when_the_tolerance_is_over()
    {
        LedgerState state = Create();
        Slot slot = new(s_start, "one");

        Assert.Equal(s_start, state.TurnOf(slot, s_quota, s_start + s_quota.Tolerance));
        Assert.Null(state.TurnOf(slot, s_quota, s_start + s_quota.Tolerance + TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Slot_does_not_grow_old_while_the_gate_is_closed()
    {
        LedgerState closed = Create().Refused(s_start.AddHours(1), s_quota, s_start.AddSeconds(30));

        Assert.Equal(s_start.AddHours(1), closed.TurnOf(new Slot(s_start, "one"), s_quota, s_start.AddHours(1).AddSeconds(30)));
        Assert.Null(closed.TurnOf(new Slot(s_start, "one"), s_quota, s_start.AddHours(1).AddSeconds(40)));
    }

    [Fact]
    public void Slot_of_another_ledger_means_nothing_and_one_of_no_known_ledger_is_accepted()
    {
        DateTimeOffset later = s_start.AddMinutes(1);

        Assert.Null(Create().TurnOf(new Slot(later, "two"), s_quota, s_start));
        Assert.Equal(later, Create().TurnOf(new Slot(later, null), s_quota, s_start));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Rolling_window_never_holds_more_turns_than_the_limit(bool high, bool refused) => RandomWalk.Hold(10, random =>
    {
        QuotaOptions quota = CreateQuota(random);
        List<DateTimeOffset> turns = new LedgerWalk(quota, random, high, refused).Run(TimeSpan.FromHours(4));

        for (int i = quota.Limit; i < turns.Count; i++)
            Assert.True(turns[i] - turns[i - quota.Limit] >= quota.Window, $"{quota.Limit + 1} calls from {turns[i - quota.Limit]:T} to {turns[i]:T}");
    });

    private static LedgerState Create(bool burst = true) => LedgerState.Fresh("one", s_quota, s_start, burst);

    private static QuotaOptions CreateQuota(Random random) => new()
    {
        Limit = random.Next(200, 600),
        Window = TimeSpan.FromMinutes(random.Next(10, 60)),
    };
}
