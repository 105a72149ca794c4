using Courier.Pacing;
using Courier.Quota;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Operations.Overview;

/// <summary>When a backlog will be gone.</summary>
public sealed class QuotaOutlook(SharedDocuments documents, CourierStorage storage, IOptions<QuotaOptions> quota, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <param name="more">Requests that are not on the queue yet.</param>
    public async Task<DrainForecast> ForecastAsync(int more, CancellationToken cancellationToken)
    {
        int waiting = await storage.Requests.CountAsync(cancellationToken);
        return Forecast(waiting + more, await documents.LedgerAsync(cancellationToken), await documents.HeldSinceAsync(cancellationToken));
    }

    public DrainForecast Forecast(int waiting, LedgerState? ledger, DateTimeOffset? heldSince) =>
        DrainForecast.Of(waiting, ledger ?? Unused, heldSince, quota.Value, time.GetUtcNow());

    public QuotaStatus Quota(LedgerState? ledger) => QuotaStatus.Of(ledger ?? Unused, quota.Value, time.GetUtcNow());

    public QuotaWindow Window(LedgerState? ledger) => QuotaWindow.Of(ledger ?? Unused, quota.Value, time.GetUtcNow());

    private LedgerState Unused => LedgerState.Fresh("", 0, time.GetUtcNow());
}
