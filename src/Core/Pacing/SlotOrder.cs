namespace Courier.Pacing;

/// <summary>What one instance asks of the ledger at a time.</summary>
/// <param name="Missing">Requests that wait for a slot.</param>
/// <param name="Ahead">As many may be fetched in all, if they are due anyway.</param>
/// <param name="Owed">Calls that were made without a slot.</param>
/// <param name="Unused">Slots that go back, and the ledger that gave them.</param>
public readonly record struct SlotOrder(int Missing, int Ahead, int Owed, (int Count, string? Ledger) Unused)
{
    /// <summary>Fewer at a time are no sign of a backlog: a host fetches messages by the dozen.</summary>
    private const int BacklogBatch = 8;

    private const double HandedOutASecond = 250;

    /// <summary>How far ahead the first slot lies at least; null as long as nobody has asked how long the queue is.</summary>
    public TimeSpan? Lead { get; init; }

    /// <summary>
    /// Handing out a backlog of 100,000 takes minutes, and whoever comes back in that time finds itself behind messages that were never seen.
    /// So the slots begin when the queue will have been handed out, less what a slot tolerates.
    /// </summary>
    public static TimeSpan LeadFor(int backlog, QuotaOptions quota)
    {
        TimeSpan lead = TimeSpan.FromSeconds(backlog / HandedOutASecond) - (quota.Tolerance / 2);
        return lead > TimeSpan.Zero ? lead : TimeSpan.Zero;
    }

    /// <summary>Whether this is the beginning of a backlog.</summary>
    public bool BeginsBacklog(LedgerState state, QuotaOptions quota, DateTimeOffset now) =>
        Missing >= BacklogBatch && state.Available(quota, now) < Missing && !state.HasBacklog(quota, now);

    /// <returns>The slots, the first <see cref="Owed"/> of them for nobody.</returns>
    public (Taken Taken, int Count, bool IsBehind) Fill(LedgerState state, QuotaOptions quota, DateTimeOffset now)
    {
        if (state.Ledger == Unused.Ledger)
            state = state.Return(Unused.Count, quota, now);
        int available = state.Available(quota, now) - Owed;
        int count = Math.Max(Missing, Math.Min(Ahead, available));
        return (state.Take(Owed + count, quota, now, Lead ?? TimeSpan.Zero), count, available < Missing);
    }
}
