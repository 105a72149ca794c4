using Courier.Messages;

namespace Courier.Quota;

/// <summary>Gives out slots and takes in what is learnt. Pure, and all on a state that was brought up to now (<see cref="LedgerState.At"/>).</summary>
public static class Allocation
{
    /// <summary>Fulfils wishes, in their order; those for the line's next places last, together.</summary>
    /// <param name="lead">Where the line is empty: how far ahead it begins.</param>
    /// <returns>A place for each wish; null where there is none.</returns>
    public static (LedgerState State, Place?[] Places) Serve(this LedgerState state, IReadOnlyList<Wish> wishes, DateTimeOffset now, QuotaOptions quota, TimeSpan lead = default)
    {
        Place?[] places = new Place?[wishes.Count];
        for (int i = 0; i < wishes.Count; i++)
        {
            if (wishes[i] is not Wish.Next)
                (state, places[i]) = state.Serve(wishes[i], now, quota);
        }

        int[] inLine = [.. Enumerable.Range(0, wishes.Count).Where(i => wishes[i] is Wish.Next)];
        int atOnce = 0;
        for (; atOnce < inLine.Length && state.Waiting == 0 && state.Plan(quota).Turn(0) is var turn && turn <= now + LedgerState.Moment; atOnce++)
        {
            if (turn >= ((Wish.Next)wishes[inLine[atOnce]]).Before)
                continue;
            // Called before anything can come in between: it needs no number.
            places[inLine[atOnce]] = new Place(Slot.Ahead(turn), turn);
            state = state with { Charges = state.Charges.Add(new Run(turn, TimeSpan.Zero, 1)), PlannedFrom = turn + quota.Spacing };
        }

        if (atOnce == inLine.Length)
            return (state, places);
        if (lead > TimeSpan.Zero && state.Waiting == 0)
            state = state with { LineOpens = now + lead };
        DateTimeOffset[] turns = state.Plan(quota).Turns(state.Waiting, inLine.Length - atOnce);
        int given = 0;
        foreach (int i in inLine.AsSpan(atOnce))
        {
            if (turns[given] < ((Wish.Next)wishes[i]).Before)
                places[i] = new Place(new Slot(SlotLane.Line, state.Tail + given), turns[given++]);
        }

        return (state with { Tail = state.Tail + given }, places);
    }

    /// <summary>Whether a backlog begins here: many come, nobody waits yet, and not all of them can be called within moments.</summary>
    public static bool BeginsBacklog(this LedgerState state, int coming, DateTimeOffset now, QuotaOptions quota) =>
        coming >= BacklogBatch && state.Waiting == 0 && state.LineOpens <= now && state.Plan(quota).Turn(coming - 1) > now + LedgerState.Moment;

    /// <summary>
    /// Handing out a backlog of 100,000 takes minutes, and whoever comes back in that time finds itself behind messages that were never seen.
    /// So the line begins when the queue will have been handed out, less what a slot tolerates.
    /// </summary>
    public static TimeSpan LeadFor(int backlog, QuotaOptions quota)
    {
        TimeSpan lead = TimeSpan.FromSeconds(backlog / HandedOutASecond) - (quota.Tolerance / 2);
        return lead < TimeSpan.Zero ? TimeSpan.Zero : lead < quota.Window ? lead : quota.Window;
    }

    /// <summary>Takes slots ahead of need, to be used within <see cref="QuotaOptions.StockLife"/>: as long as there is plenty, and nobody waits.</summary>
    public static (LedgerState State, int Count) TakeStock(this LedgerState state, string owner, int wanted, DateTimeOffset now, QuotaOptions quota)
    {
        int count = Math.Min(wanted, state.Free(now, quota) / (2 + state.Stocks.Keys.Count(other => other != owner)));
        return count <= 0 ? (state, 0) : (state with { Stocks = state.Stocks.Where(stock => stock.Key != owner).Append(new(owner, new Stock(count, now))).ToDictionary() }, count);
    }

    /// <summary>Puts in the place of a stock what was really used of it.</summary>
    public static LedgerState Settle(this LedgerState state, string owner, IReadOnlyList<DateTimeOffset> used, QuotaOptions quota)
    {
        if (!state.Stocks.ContainsKey(owner))
            return state; // gone bad, and charged as a whole
        DateTimeOffset next = used.Count > 0 ? used[^1] + quota.Spacing : state.PlannedFrom;
        return state with { Charges = state.Charges.AddLate(used), PlannedFrom = Later(state.PlannedFrom, next), Stocks = state.Stocks.Where(stock => stock.Key != owner).ToDictionary() };
    }

    /// <summary>
    /// A 429 of the quota: closes the gate until then, and learns what others use. Turns that were settled and have not come yet are given up;
    /// who holds one waits for the opening. A call that was under way when the gate closed says nothing more.
    /// </summary>
    public static LedgerState Refused(this LedgerState state, DateTimeOffset until, DateTimeOffset now, QuotaOptions quota)
    {
        if (now < state.ClosedUntil)
            return state with { ClosedUntil = Later(state.ClosedUntil, until) };
        RunLog past = state.Charges.UpTo(now);
        RunLog had = state.Settled.UpTo(now);
        int inLine = state.Settled.Count - had.Count;
        RunLog ahead = state.Charges.Skip(past.Count + inLine);
        int held = ahead.CountUpTo(until);
        int accepted = past.CountUpTo(now - s_underWay) - past.CountUpTo(now - quota.Window);
        return state with
        {
            Charges = ahead.Skip(held).Runs.Aggregate(past.Add(new Run(Later(until, now), quota.Spacing, held)), (log, run) => log.Add(run)),
            Settled = had,
            Head = state.Head - inLine,
            PlannedFrom = now,
            ClosedUntil = until,
            Others = new ForeignUse(Math.Max(0, quota.Limit - accepted), now),
        };
    }

    /// <summary>An answer said how many calls the limit still allows: what is missing, others have used.</summary>
    public static LedgerState Seen(this LedgerState state, int left, DateTimeOffset now, QuotaOptions quota) =>
        state with { Others = new ForeignUse(state.OthersBy(left, now, quota), now) };

    /// <summary>Whether it is worth an operation: others use more than is known, or far less. When little is left, each call counts.</summary>
    public static bool IsNews(this LedgerState state, int left, DateTimeOffset now, QuotaOptions quota)
    {
        int known = state.Others.At(now, quota.Window);
        int found = state.OthersBy(left, now, quota);
        int slack = left < quota.Limit / 50 ? 0 : Math.Max(1, quota.Limit / 200);
        return found > known + slack || found < (known / 2) - slack;
    }

    /// <summary>Our own calls of the API's window, as a share of the limit.</summary>
    public static double UsedShare(this LedgerState state, DateTimeOffset now, QuotaOptions quota) => (double)state.UsedAt(now, quota) / quota.Limit;

    private const int BacklogBatch = 8;

    /// <summary>Calls that were begun since are not all counted by the API: some are under way, and some are what it refused.</summary>
    private static readonly TimeSpan s_underWay = TimeSpan.FromSeconds(0.25);

    private const double HandedOutASecond = 230;

    private static (LedgerState State, Place? Place) Serve(this LedgerState state, Wish wish, DateTimeOffset now, QuotaOptions quota)
    {
        switch (wish)
        {
            case Wish.Urgent:
                return state.TakeUrgent(now, quota);
            case Wish.Again { Slot: var slot, MayBeUsed: var mayBeUsed }:
                if (state.TurnOf(slot, now, quota, mayBeUsed) is { } turn)
                    return (state, new Place(slot, turn));
                return (mayBeUsed || state.SettledTurnOf(slot) is not { } missed ? state : state with { Charges = state.Charges.WithoutOne(missed) }).TakeEarlier(now, quota);
            case Wish.First:
                return state.TakeEarlier(now, quota);
            case Wish.AtOnce { Within: var within }:
                // It may be made at any moment until then: there must be room from now on, and no window may be so short that both ends do not lie in it.
                return within <= quota.Window / 2 && state.AheadAt(now, quota) <= now + LedgerState.Moment && state.HasRoomFor(now, quota) ? state.TakeAhead(now + within, quota) : (state, null);
            case Wish.Charge:
                return state.TakeAhead(now, quota);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The earlier of the share for high priority, ahead of the line, and the line's next place.</summary>
    private static (LedgerState State, Place? Place) TakeUrgent(this LedgerState state, DateTimeOffset now, QuotaOptions quota)
    {
        int before = state.High.CountUpTo(now - quota.TakenFor);
        int over = state.High.Count - before + 1 - quota.PriorityCap;
        DateTimeOffset ofShare = Later(state.AheadAt(now, quota), over > 0 ? state.High.At(before + over - 1) + quota.TakenFor : now);
        (LedgerState next, Place? place) = state.TakeEarlier(ofShare, now, quota);
        return (next with { High = next.High.Add(new Run(place!.Value.Turn, TimeSpan.Zero, 1)) }, place);
    }

    private static (LedgerState State, Place? Place) TakeEarlier(this LedgerState state, DateTimeOffset now, QuotaOptions quota) =>
        state.TakeEarlier(state.AheadAt(now, quota), now, quota);

    /// <summary>The earlier of that moment, ahead of the line, and the line's next place. Ahead of it nobody waits for longer than a window.</summary>
    private static (LedgerState State, Place? Place) TakeEarlier(this LedgerState state, DateTimeOffset ahead, DateTimeOffset now, QuotaOptions quota)
    {
        DateTimeOffset inLine = state.Plan(quota).Turn(state.Waiting);
        return inLine < ahead || ahead > Later(now, state.ClosedUntil) + quota.TakenFor
            ? (state with { Tail = state.Tail + 1 }, new Place(new Slot(SlotLane.Line, state.Tail), inLine))
            : state.TakeAhead(ahead, quota);
    }

    /// <summary>The first moment for somebody who does not wait in line.</summary>
    private static DateTimeOffset AheadAt(this LedgerState state, DateTimeOffset now, QuotaOptions quota)
    {
        DateTimeOffset earliest = Later(now, Later(state.ClosedUntil, state.NextAhead));
        int room = state.Room(now, quota);
        int over = state.Charges.Count + 1 - room;
        return over > 0 && state.Charges.MostInWindows(earliest, quota.TakenFor) + 1 > room ? Later(earliest, state.Charges.At(over - 1) + quota.TakenFor) : earliest;
    }

    private static bool HasRoomFor(this LedgerState state, DateTimeOffset at, QuotaOptions quota) => state.Charges.MostInWindows(at, quota.TakenFor) + 1 <= state.Room(at, quota);

    private static (LedgerState State, Place? Place) TakeAhead(this LedgerState state, DateTimeOffset at, QuotaOptions quota) => (
        state with
        {
            Charges = state.Charges.Add(new Run(at, TimeSpan.Zero, 1)),
            // One that waits for room is no reason for another to be slower.
            NextAhead = state.IsNear(at) ? at + quota.Spacing : state.NextAhead,
            PlannedFrom = state.IsNear(at) ? Later(state.PlannedFrom, at + quota.Spacing) : state.PlannedFrom,
        },
        new Place(Slot.Ahead(at), at));

    private static bool IsNear(this LedgerState state, DateTimeOffset at) => at <= Later(state.PlannedFrom, Later(state.NextAhead, state.ClosedUntil));

    private static int OthersBy(this LedgerState state, int left, DateTimeOffset now, QuotaOptions quota) =>
        Math.Max(0, quota.Limit - left - state.UsedAt(now, quota));

    /// <summary>Our calls within the API's window.</summary>
    private static int UsedAt(this LedgerState state, DateTimeOffset now, QuotaOptions quota) =>
        state.Charges.CountUpTo(now) - state.Charges.CountUpTo(now - quota.Window);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => LedgerState.Later(a, b);
}
