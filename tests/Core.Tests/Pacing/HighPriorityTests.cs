using Courier.Messages;
using Courier.Pacing;

namespace Courier.Tests.Pacing;

/// <summary>The share of the quota that is kept free: 5 of the burst of 50, then a tenth of the rate.</summary>
public sealed class HighPriorityTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly QuotaOptions s_quota = new();

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Behind_a_backlog_the_share_s_burst_is_due_at_once_and_then_a_tenth_of_the_rate(int batch)
    {
        LedgerState state = CreateFull(out DateTimeOffset now);

        List<double> waits = [];
        while (waits.Count < 9)
        {
            Taken taken = state.TakeHigh(batch, s_quota, now);
            state = taken.State;
            waits.AddRange(Enumerable.Range(0, batch).Select(i => Math.Max(0, (state.TurnOf(taken[i], s_quota, now)!.Value - now).TotalSeconds)));
        }

        Assert.Equal([0, 0, 0, 0, 0, 7.5, 15, 22.5, 30], waits);
    }

    [Fact]
    public void Each_sets_the_normal_lane_back_by_one_interval_when_it_is_used()
    {
        LedgerState state = CreateFull(out DateTimeOffset now);
        Slot waiting = new(now.AddHours(1), "one");

        Taken taken = state.TakeHigh(8, s_quota, now);
        LedgerState used = taken.State.Using(taken[5], s_quota, now).Using(taken[6], s_quota, now);

        Assert.Equal(state.TurnOf(waiting, s_quota, now) + (s_quota.Interval * 5), taken.State.TurnOf(waiting, s_quota, now));
        Assert.Equal(state.TurnOf(waiting, s_quota, now) + (s_quota.Interval * 7), used.TurnOf(waiting, s_quota, now));
    }

    [Fact]
    public void Slots_that_are_due_in_the_normal_lane_are_as_good()
    {
        LedgerState state = LedgerState.Fresh("one", s_quota, s_start, burst: true);

        Taken taken = state.TakeHigh(3, s_quota, s_start);

        Assert.Equal(SlotLane.Normal, taken.Lane);
        Assert.Equal(state.Take(3, s_quota, s_start), taken);
        Assert.Equal(47, taken.State.Available(s_quota, s_start));
    }

    [Fact]
    public void Normal_lane_that_was_idle_is_set_back_too()
    {
        LedgerState state = LedgerState.Fresh("one", s_quota, s_start, burst: false);
        DateTimeOffset now = s_start.AddHours(1);

        LedgerState after = state.TakeHigh(60, s_quota, now).State;

        Assert.Equal(45, after.Available(s_quota, now));
    }

    [Fact]
    public void Slot_of_high_priority_grows_old_although_others_are_given_out()
    {
        LedgerState state = CreateFull(out DateTimeOffset now);
        Taken taken = state.TakeHigh(1, s_quota, now);
        DateTimeOffset later = now.AddMinutes(2);

        LedgerState after = taken.State.TakeHigh(1, s_quota, later).State;

        Assert.Null(after.TurnOf(taken[0], s_quota, later));
    }

    private static LedgerState CreateFull(out DateTimeOffset now)
    {
        now = s_start.AddHours(1);
        return LedgerState.Fresh("one", s_quota, s_start, burst: true).Take(20_000, s_quota, now).State;
    }
}
