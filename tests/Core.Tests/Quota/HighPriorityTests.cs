using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

public sealed class HighPriorityTests
{
    private static readonly DateTimeOffset s_start = TestQuota.Start;
    private static readonly QuotaOptions s_quota = new();

    [Fact]
    public void Beside_an_idle_line_it_is_never_slower_than_normal()
    {
        Place[] places = TestQuota.Fresh().Take(Wish.Urgent.One, 2000, s_start, s_quota).Places;

        Assert.True(places[^1].Turn <= s_start.AddSeconds(2000 * 0.05));
    }

    [Fact]
    public void Ahead_of_a_backlog_while_its_share_lasts_and_then_behind_it()
    {
        LedgerState state = TestQuota.Fresh().TakeNext(4000, s_start, s_quota).State;

        (LedgerState next, Place[] places) = state.Take(Wish.Urgent.One, s_quota.PriorityCap + 1, s_start.AddSeconds(1), s_quota);

        Assert.Equal(s_start.AddSeconds(1), places[0].Turn);
        Assert.True(places[s_quota.PriorityCap - 1].Turn <= s_start.AddSeconds(1 + (0.05 * s_quota.PriorityCap)));
        Assert.Equal(SlotLane.Line, places[^1].Slot.Lane);
        Assert.Equal(4000, next.Tail - 1 + (4000 - state.Tail));
    }

    [Fact]
    public void When_the_window_is_full_it_is_the_first_when_it_opens()
    {
        LedgerState state = TestQuota.Fresh().TakeNext(9000, s_start, s_quota).State;
        DateTimeOffset now = s_start.AddMinutes(10);

        (LedgerState next, Place[] places) = state.Take(Wish.Urgent.One, 1, now, s_quota);

        Assert.Equal(s_start.AddSeconds(3615), places[0].Turn);
        Assert.True(next.Plan(s_quota).Turn(0) > places[0].Turn);
    }

    [Fact]
    public void What_it_used_in_the_window_before_is_kept_for_it()
    {
        LedgerState state = TestQuota.Fresh().Take(Wish.Urgent.One, 100, s_start, s_quota).State;
        DateTimeOffset later = s_start.AddSeconds(3700);

        LedgerState full = state.TakeNext(6000, later, s_quota).State;
        Place urgent = full.Take(Wish.Urgent.One, 1, later.AddMinutes(10), s_quota).Places[0];

        Assert.Equal(later.AddMinutes(10), urgent.Turn);
    }
}
