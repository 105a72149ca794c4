using Courier.Quota;

namespace Courier.Operations.Overview;

/// <summary>
/// The rolling window in slices: what was called when, and what is free when, if nobody else asks. Every call counts for a window: what was
/// called in a slice is free again when that slice has passed out of it.
/// </summary>
/// <param name="Every">How long a slice is.</param>
/// <param name="Used">Calls in each slice of the window that ends now, the oldest first.</param>
/// <param name="Counted">Now, and at the end of each slice until nothing of before counts any more: earlier calls that still do, and what instances hold in stock.</param>
/// <param name="Promised">At these moments: calls made by then of the requests that wait.</param>
/// <param name="Free">At these moments: what may be called on top of that.</param>
public sealed record QuotaWindow(TimeSpan Every, IReadOnlyList<int> Used, IReadOnlyList<int> Counted, IReadOnlyList<int> Promised, IReadOnlyList<int> Free)
{
    private const int Slices = 60;

    /// <summary>The ledger itself says what it will say then: it is brought forward, slice by slice.</summary>
    public static QuotaWindow Of(LedgerState ledger, QuotaOptions quota, DateTimeOffset now)
    {
        TimeSpan every = quota.Window / Slices;
        LedgerState state = ledger.At(now, quota);
        RunLog past = state.Charges.UpTo(now);
        int[] used = [.. Enumerable.Range(-Slices, Slices).Select(i => past.CountUpTo(now + ((i + 1) * every)) - past.CountUpTo(now + (i * every)))];
        state = WithStocksUsed(state, now);
        past = state.Charges.UpTo(now);
        int slices = (int)Math.Ceiling(quota.TakenFor / every);
        (int[] counted, int[] promised, int[] free) = (new int[slices + 1], new int[slices + 1], new int[slices + 1]);
        for (int i = 0; i <= slices; i++)
        {
            DateTimeOffset at = now + (i * every);
            state = state.At(at, quota);
            counted[i] = past.Count - past.CountUpTo(at - quota.TakenFor);
            promised[i] = Math.Max(0, state.Charges.CountUpTo(at) - counted[i]);
            free[i] = state.Free(at, quota);
        }

        return new QuotaWindow(every, used, counted, promised, free);
    }

    /// <summary>What an instance took ahead of need it uses within a minute, or gives back.</summary>
    private static LedgerState WithStocksUsed(LedgerState state, DateTimeOffset now) => state with
    {
        Charges = state.Charges.Add(new Run(now, TimeSpan.Zero, state.Stocks.Values.Sum(stock => stock.Count))),
        Stocks = new Dictionary<string, Stock>(),
    };
}
