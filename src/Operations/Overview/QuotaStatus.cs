using Courier.Quota;

namespace Courier.Operations.Overview;

/// <summary>How much of the quota is used.</summary>
/// <param name="Usable">The limit less the reserve.</param>
/// <param name="Used">Calls of the last window.</param>
/// <param name="Left">What may be called at once.</param>
/// <param name="High">What high priority took of the last window, of <paramref name="HighCap"/> that are its own.</param>
/// <param name="InLine">Requests that hold a number.</param>
/// <param name="ClosedUntil">A 429 keeps everybody waiting until then.</param>
/// <param name="Others">What other users of the key were found to use: so much is the share lowered by, the reserve included.</param>
public sealed record QuotaStatus(
    int Limit, TimeSpan Window, int Usable, int Used, int Left, int High, int HighCap, long InLine, DateTimeOffset? ClosedUntil, int Others)
{
    public static QuotaStatus Of(LedgerState ledger, QuotaOptions quota, DateTimeOffset now)
    {
        LedgerState state = ledger.At(now, quota);
        int high = state.High.CountUpTo(now) - state.High.CountUpTo(now - quota.TakenFor);
        return new QuotaStatus(
            quota.Limit, quota.Window, quota.Usable, (int)Math.Round(state.UsedShare(now, quota) * quota.Limit), state.Free(now, quota), high, quota.PriorityCap,
            state.Waiting, state.ClosedUntil > now ? state.ClosedUntil : null, state.Others.At(now, quota.Window));
    }
}
