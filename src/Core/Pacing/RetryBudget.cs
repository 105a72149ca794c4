using Courier.Quota;
using Courier.Resilience;

namespace Courier.Pacing;

/// <summary>A repetition in the process is a call like any other: it takes a slot, or is left to the queue.</summary>
/// <param name="ledger">Asked for at the first repetition: the pipeline's options are checked at start, before anybody knows whether the storage's are right.</param>
public sealed class RetryBudget(Func<QuotaLedger> ledger) : IRetryBudget
{
    public async ValueTask<bool> TryTakeAsync(TimeSpan within)
    {
        try
        {
            return await ledger().TakeAsync(new Wish.AtOnce(within), CancellationToken.None) is not null;
        }
        catch (Exception) // storage; the queue repeats the call, and meets the failure itself if it lasts
        {
            return false;
        }
    }
}
