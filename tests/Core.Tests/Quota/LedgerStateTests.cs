using System.Text.Json;
using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

/// <summary>The true window: 4,850 of 5,000 calls in 3,615 seconds, 20 a second at most.</summary>
public sealed class LedgerStateTests
{
    private static readonly DateTimeOffset s_start = TestQuota.Start;
    private static readonly QuotaOptions s_quota = new();

    [Fact]
    public void What_fits_has_its_turn_at_the_highest_rate_and_the_rest_when_the_first_leave_the_window()
    {
        Place[] places = TestQuota.Fresh().TakeNext(10_000, s_start, s_quota).Places;

        Assert.Equal(s_start, places[0].Turn);
        Assert.Equal(s_start.AddSeconds(4849 * 0.05), places[4849].Turn);
        Assert.Equal(s_start.AddSeconds(3615), places[4850].Turn);
        Assert.Equal(s_start.AddSeconds(2 * 3615), places[9700].Turn);
    }

    [Fact]
    public void Turns_are_planned_like_a_list_of_all_slots_would_be() => RandomWalk.Hold(200, random =>
    {
        QuotaOptions quota = Create(random);
        LedgerState state = TestQuota.Fresh();
        DateTimeOffset now = s_start;
        for (int i = 0; i < random.Next(1, 30); i++)
        {
            state = state.TakeNext(random.Next(1, 12), now, quota).State;
            now += random.Seconds(0, quota.Window.TotalSeconds / 4);
        }

        state = state.At(now, quota);
        List<DateTimeOffset> slots = [.. Enumerable.Range(0, state.Charges.Count).Select(state.Charges.At).Order()];
        DateTimeOffset earliest = state.PlannedFrom;
        DateTimeOffset[] turns = state.Plan(quota).Turns(0, quota.Limit * 3);
        foreach (DateTimeOffset turn in turns)
        {
            int limiting = slots.Count - quota.Usable;
            DateTimeOffset expected = limiting >= 0 && slots[limiting] + quota.TakenFor > earliest ? slots[limiting] + quota.TakenFor : earliest;
            Assert.Equal(expected, turn);
            Assert.Equal(turn, state.Plan(quota).Turn(slots.Count - state.Charges.Count));
            slots.Add(turn);
            earliest = turn + quota.Spacing;
        }
    });

    [Fact]
    public void Turns_far_ahead_are_those_of_a_window_moved_by_windows() => RandomWalk.Hold(50, random =>
    {
        QuotaOptions quota = Create(random);
        LedgerState state = TestQuota.Fresh().TakeNext(random.Next(1, 100), s_start, quota).State;

        DateTimeOffset[] all = state.Plan(quota).Turns(0, 5000);

        Assert.Equal(all[4990..], state.Plan(quota).Turns(4990, 10));
    });

    [Fact]
    public void Whatever_the_backlog_the_ledger_stays_small()
    {
        LedgerState state = TestQuota.Fresh();
        Random random = new(1);
        DateTimeOffset now = s_start;
        for (int i = 0; i < 3000; i++)
        {
            now += random.Seconds(0, 5);
            state = state.Take(random.Next(5) == 0 ? Wish.Urgent.One : Wish.Next.One, random.Next(1, 32), now, s_quota).State;
            (state, _) = state.TakeStock($"{random.Next(64):x8}", 8, now, s_quota) is var stock && state.Stocks.Count < 64 ? stock : (state, 0);
            state = state with { Rotation = state.Rotation.After($"{random.Next(64):x8}", now) };
        }

        Assert.True(state.Waiting > 20_000);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(state, QuotaJson.Format.LedgerState).Length, 500, 4096);
    }

    [Fact]
    public void Written_and_read_again_it_is_the_same()
    {
        LedgerState state = TestQuota.Fresh(3).TakeNext(5000, s_start.AddSeconds(7), s_quota).State.Take(Wish.Urgent.One, 2, s_start.AddSeconds(9), s_quota).State;
        state = state with { Stocks = new Dictionary<string, Stock> { ["abcd1234"] = new(7, s_start) } };

        string text = JsonSerializer.Serialize(state, QuotaJson.Format.LedgerState);
        LedgerState read = JsonSerializer.Deserialize(text, QuotaJson.Format.LedgerState)!;

        Assert.True(read.IsSane);
        Assert.Equal(text, JsonSerializer.Serialize(read, QuotaJson.Format.LedgerState));
        Assert.Equal(state.Charges.Runs, read.Charges.Runs);
        Assert.Equal(state.Stocks, read.Stocks);
    }

    [Fact]
    public void Lowered_limit_counts_at_once_for_those_who_wait()
    {
        LedgerState state = TestQuota.Fresh().TakeNext(10_000, s_start, s_quota).State;
        QuotaOptions lower = new() { Limit = 500 };
        DateTimeOffset now = s_start.AddSeconds(120); // 2,400 and some were called

        LedgerState then = state.At(now, lower);

        Assert.True(then.Plan(lower).Turn(0) >= s_start.AddSeconds(3615));
        Assert.True(then.Plan(lower).Turn(485) - then.Plan(lower).Turn(0) >= lower.Window);
    }

    [Fact]
    public void Closed_gate_moves_everybody_who_waits_and_who_was_just_settled()
    {
        (LedgerState state, Place[] places) = TestQuota.Fresh().TakeNext(200, s_start, s_quota);
        DateTimeOffset now = s_start.AddSeconds(4);

        LedgerState closed = state.At(now, s_quota).Refused(now.AddSeconds(60), now, s_quota).At(now, s_quota);

        Assert.InRange(closed.TurnOf(places[100].Slot, now, s_quota)!.Value, now.AddSeconds(60), now.AddSeconds(65));
        Assert.Equal(TimeSpan.FromSeconds(0.05), closed.TurnOf(places[151].Slot, now, s_quota) - closed.TurnOf(places[150].Slot, now, s_quota));
    }

    /// <summary>Its call may have been made by whoever had the message before: a second one takes a slot of its own.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public void Slot_that_may_be_used_is_none_while_the_gate_is_closed(int place)
    {
        (LedgerState state, Place[] places) = TestQuota.Fresh().TakeNext(200, s_start, s_quota);
        DateTimeOffset now = s_start.AddSeconds(12);
        LedgerState closed = state.At(now, s_quota).Refused(now.AddSeconds(60), now, s_quota).At(now, s_quota);

        Assert.Equal(now.AddSeconds(60), closed.TurnOf(places[place].Slot, now, s_quota));
        Assert.Null(closed.TurnOf(places[place].Slot, now, s_quota, mayBeUsed: true));
        (LedgerState after, Place?[] again) = closed.Serve([new Wish.Again(places[place].Slot, MayBeUsed: true)], now, s_quota);
        Assert.Equal(now.AddSeconds(60), again[0]!.Value.Turn);
        Assert.Equal(closed.Charges.Count + closed.Waiting + 1, after.Charges.Count + after.Waiting);
    }

    [Fact]
    public void Place_that_comes_after_the_opening_stays_charged_where_it_is()
    {
        DateTimeOffset now = s_start.AddSeconds(4);
        (LedgerState state, Place[] places) = TestQuota.Fresh(s_quota.Usable).Take(Wish.Urgent.One, 1, now, s_quota);

        LedgerState closed = state.Refused(now.AddSeconds(10), now, s_quota);

        Assert.True(places[0].Turn > now.AddSeconds(10));
        Assert.Equal(places[0].Turn, closed.Charges.At(closed.Charges.Count - 1));
    }

    [Fact]
    public void After_an_hour_s_absence_everybody_keeps_its_place_and_the_rate_holds()
    {
        (LedgerState state, Place[] places) = TestQuota.Fresh().TakeNext(1000, s_start, s_quota);
        DateTimeOffset back = s_start.AddHours(1);

        Wish[] late = [.. places.Skip(100).Take(50).Select(place => new Wish.Again(place.Slot))];
        (LedgerState next, Place?[] again) = state.At(back, s_quota).Serve(late, back, s_quota);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => back + (i * s_quota.Spacing)), again.Select(place => place!.Value.Turn));
        Assert.Equal(state.At(back, s_quota).Charges.Count, next.Charges.Count); // moved, not charged twice
    }

    [Fact]
    public void What_was_written_by_a_clock_a_day_ahead_stops_nobody()
    {
        LedgerState ahead = TestQuota.Fresh().TakeNext(10_000, s_start.AddDays(1), s_quota).State.Refused(s_start.AddDays(1).AddHours(1), s_start.AddDays(1), s_quota);

        Place[] places = (ahead with { Tail = ahead.Head }).TakeNext(1, s_start, s_quota).Places;

        Assert.Equal(s_start, places[0].Turn);
    }

    private static QuotaOptions Create(Random random) => new()
    {
        Limit = random.Next(2, 120),
        Window = random.Seconds(5, 3600),
        Reserve = 0.1 * random.NextDouble(),
        MaxRate = 1 + random.Next(0, 50),
    };
}
