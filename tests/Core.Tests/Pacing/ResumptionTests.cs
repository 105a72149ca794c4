using Courier.Messages;
using Courier.Pacing;

namespace Courier.Tests.Pacing;

/// <summary>What becomes of slots whose turn went by while nobody was there to use them.</summary>
public sealed class ResumptionTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly QuotaOptions s_quota = new();

    [Fact]
    public void After_an_hour_s_absence_all_slots_go_on_where_they_stopped()
    {
        Taken taken = Create().Take(10_000, s_quota, s_start);
        Slot stopped = taken[1000];
        DateTimeOffset back = stopped.At.AddHours(1);

        LedgerState state = taken.State.Using(taken[999], s_quota, stopped.At).Resumed(stopped, s_quota, back);

        Assert.Equal(back, state.TurnOf(stopped, s_quota, back));
        Assert.Equal(back + (s_quota.Interval * 5000), state.TurnOf(taken[6000], s_quota, back)!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Single_late_comer_changes_nothing_when_others_went_on()
    {
        Taken taken = Create().Take(1000, s_quota, s_start);
        DateTimeOffset now = taken[500].At;
        LedgerState state = taken.State.Using(taken[499], s_quota, now);

        Assert.Same(state, state.Resumed(taken[100], s_quota, now));
        Assert.Null(state.TurnOf(taken[100], s_quota, now));
    }

    [Fact]
    public void Slot_that_is_in_time_changes_nothing()
    {
        Taken taken = Create().Take(1000, s_quota, s_start);
        DateTimeOffset now = taken[500].At + s_quota.Tolerance;

        Assert.Same(taken.State, taken.State.Resumed(taken[500], s_quota, now));
    }

    [Theory]
    [InlineData("two", SlotLane.Normal)]
    [InlineData("one", SlotLane.High)]
    public void Slot_of_another_ledger_or_lane_changes_nothing(string ledger, SlotLane lane)
    {
        LedgerState state = Create().Take(1000, s_quota, s_start).State;

        Assert.Same(state, state.Resumed(new Slot(s_start.AddMinutes(5), ledger, lane), s_quota, s_start.AddHours(1)));
    }

    [Fact]
    public void Closed_gate_is_not_opened()
    {
        Taken taken = Create().Take(1000, s_quota, s_start);
        LedgerState closed = taken.State.Refused(s_start.AddHours(2), s_quota, s_start.AddMinutes(10));

        Assert.Same(closed, closed.Resumed(taken[60], s_quota, s_start.AddHours(1)));
    }

    [Fact]
    public void Used_slots_are_told_once_a_tolerance()
    {
        Taken taken = Create().Take(1000, s_quota, s_start);
        LedgerState state = taken.State;
        int changes = 0;

        foreach (Slot slot in Enumerable.Range(0, 1000).Select(i => taken[i]))
        {
            LedgerState next = state.Using(slot, s_quota, slot.At);
            changes += ReferenceEquals(next, state) ? 0 : 1;
            state = next;
        }

        Assert.InRange(changes, 10, (int)(s_quota.Interval * 1000 / s_quota.Tolerance));
    }

    [Fact]
    public void Slots_returned_behind_a_backlog_are_lost()
    {
        LedgerState state = Create().Take(1000, s_quota, s_start).State;

        Assert.Same(state, state.Return(20, s_quota, s_start));
    }

    private static LedgerState Create() => LedgerState.Fresh("one", s_quota, s_start, burst: true);
}
