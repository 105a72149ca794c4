using Courier.Messages;
using Courier.Pacing;

namespace Courier.Tests.Pacing;

/// <summary>What a 429 does to the ledger.</summary>
public sealed class RefusalTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly QuotaOptions s_quota = new();

    [Fact]
    public void Every_slot_moves_behind_the_closed_gate_in_order()
    {
        Taken before = Create().Take(500, s_quota, s_start);
        DateTimeOffset opens = s_start.AddMinutes(10);

        LedgerState state = before.State.Refused(opens, s_quota, s_start.AddSeconds(1));

        DateTimeOffset[] turns = [.. Enumerable.Range(0, 500).Select(i => state.TurnOf(before[i], s_quota, s_start.AddSeconds(1))!.Value)];
        Assert.All(turns, turn => Assert.True(turn >= opens));
        Assert.Equal(turns.Order(), turns);
        Assert.Equal(449, turns.Where(turn => turn > opens).Distinct().Count());
        Assert.True(state.TurnOf(state.TakeHigh(1, s_quota, s_start.AddSeconds(1))[0], s_quota, s_start.AddSeconds(1)) >= opens);
        Assert.True(state.TurnOf(state.Take(1, s_quota, s_start.AddSeconds(1))[0], s_quota, s_start.AddSeconds(1)) > turns[^1]);
    }

    [Fact]
    public void Refusals_of_one_episode_lower_the_rate_once()
    {
        LedgerState first = Create().Refused(s_start.AddMinutes(10), s_quota, s_start);
        LedgerState second = first.Refused(s_start.AddMinutes(12), s_quota, s_start.AddSeconds(1));
        LedgerState third = second.Refused(s_start.AddMinutes(5), s_quota, s_start.AddSeconds(2));

        Assert.Equal(0.8, first.Clock.Rate, 6);
        Assert.Equal((first.Clock.Rate, s_start.AddMinutes(12), 0), (second.Clock.Rate, second.Clock.At, second.Streak));
        Assert.Equal(second, third);
    }

    [Fact]
    public void Refusals_right_after_the_gate_opened_back_off_longer_and_longer()
    {
        LedgerState state = Create().Refused(s_start.AddSeconds(10), s_quota, s_start);
        List<double> closed = [];

        for (int i = 0; i < 6; i++)
        {
            DateTimeOffset now = state.Clock.At.AddSeconds(1);
            state = state.Refused(now.AddSeconds(0.5), s_quota, now);
            closed.Add((state.Clock.At - now).TotalSeconds);
        }

        Assert.Equal([90, 180, 300, 300, 300, 300], closed);
        Assert.InRange(state.Clock.Rate, 0.8, 0.85);
    }

    [Fact]
    public void Who_has_called_little_takes_retry_after_at_its_word()
    {
        LedgerState state = Create(recent: 10).Refused(s_start.AddSeconds(10), s_quota, s_start);

        DateTimeOffset now = state.Clock.At.AddSeconds(1);
        state = state.Refused(now.AddSeconds(2), s_quota, now);

        Assert.Equal(now.AddSeconds(2), state.Clock.At);
    }

    [Fact]
    public void Retry_after_is_kept_where_it_is_longer_than_the_back_off()
    {
        LedgerState state = Create().Refused(s_start.AddSeconds(10), s_quota, s_start);

        Assert.Equal(s_start.AddHours(1), state.Refused(s_start.AddHours(1), s_quota, s_start.AddSeconds(11)).Clock.At);
    }

    [Fact]
    public void Refusal_long_after_is_an_episode_of_its_own()
    {
        LedgerState state = Create().Refused(s_start.AddSeconds(10), s_quota, s_start);
        DateTimeOffset now = s_start.AddSeconds(10) + s_quota.Tolerance;

        LedgerState next = state.Refused(now.AddSeconds(10), s_quota, now);

        Assert.Equal((now.AddSeconds(10), 0), (next.Clock.At, next.Streak));
        Assert.Equal(0.8 * state.Clock.RateAt(now), next.Clock.Rate, 6);
    }

    [Fact]
    public void High_priority_does_not_make_a_refusal_look_like_a_repeated_one()
    {
        LedgerState state = Create().Refused(s_start.AddSeconds(10), s_quota, s_start);
        DateTimeOffset now = s_start.AddHours(1);
        state = state.Take(10_000, s_quota, now).State.TakeHigh(1, s_quota, now).State;

        LedgerState next = state.Refused(now.AddSeconds(10), s_quota, now.AddSeconds(1));

        Assert.Equal((now.AddSeconds(10), 0), (next.Clock.At, next.Streak));
    }

    [Fact]
    public void Rate_grows_back_to_the_whole_and_no_further()
    {
        LedgerState state = Create().Refused(s_start.AddSeconds(10), s_quota, s_start);

        Assert.Equal(0.85, state.Clock.RateAt(s_start.AddHours(1).AddSeconds(10)), 6);
        Assert.Equal(1, state.Clock.RateAt(s_start.AddHours(5)));
        Assert.Equal(state.Clock.Now(s_start.AddHours(8)).AddHours(1), state.Clock.Now(s_start.AddHours(9)), TimeSpan.FromMilliseconds(1));
    }

    /// <param name="recent">Our own use of the last window.</param>
    private static LedgerState Create(double recent = 1_000_000) =>
        LedgerState.Fresh("one", s_quota, s_start, burst: true) with { Recent = recent, RecentAt = s_start };
}
