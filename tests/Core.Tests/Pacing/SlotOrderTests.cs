using Courier.Pacing;

namespace Courier.Tests.Pacing;

public sealed class SlotOrderTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly QuotaOptions s_quota = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7_500, 0)]
    [InlineData(10_000, 10)]
    [InlineData(100_000, 370)]
    public void Slots_of_a_long_backlog_begin_when_it_will_have_been_handed_out(int backlog, double seconds) =>
        Assert.Equal(seconds, SlotOrder.LeadFor(backlog, s_quota).TotalSeconds);

    [Theory]
    [InlineData(16, 60, true)] // nothing is due any more, nothing lies far ahead
    [InlineData(7, 60, false)]
    [InlineData(16, 20, false)]
    [InlineData(16, 200, false)]
    public void Backlog_begins_when_many_come_and_nothing_is_due(int missing, int taken, bool begins) =>
        Assert.Equal(begins, new SlotOrder(missing, 1, 0, (0, null)).BeginsBacklog(Create(taken), s_quota, s_start));

    [Fact]
    public void Lead_leaves_a_gap_once()
    {
        SlotOrder order = new(4, 1, 0, (0, null)) { Lead = TimeSpan.FromMinutes(5) };

        Taken first = order.Fill(Create(60), s_quota, s_start).Taken;
        Taken second = order.Fill(first.State, s_quota, s_start).Taken;

        Assert.Equal(s_start.AddMinutes(5), first[0].At);
        Assert.Equal(first[3].At + s_quota.Interval, second[0].At);
    }

    [Fact]
    public void Calls_without_a_slot_come_first()
    {
        (Taken taken, int count, bool isBehind) = new SlotOrder(2, 8, 3, (0, null)).Fill(Create(0), s_quota, s_start);

        Assert.Equal((8, false), (count, isBehind));
        Assert.Equal(39, taken.State.Available(s_quota, s_start));
    }

    [Fact]
    public void Unused_slots_go_back_to_the_ledger_that_gave_them_only()
    {
        LedgerState state = Create(30);

        Assert.Equal(29, new SlotOrder(1, 1, 0, (10, state.Ledger)).Fill(state, s_quota, s_start).Taken.State.Available(s_quota, s_start));
        Assert.Equal(19, new SlotOrder(1, 1, 0, (10, "another")).Fill(state, s_quota, s_start).Taken.State.Available(s_quota, s_start));
    }

    private static LedgerState Create(int taken)
    {
        LedgerState fresh = LedgerState.Fresh("one", s_quota, s_start, burst: true);
        return taken == 0 ? fresh : fresh.Take(taken, s_quota, s_start).State;
    }
}
