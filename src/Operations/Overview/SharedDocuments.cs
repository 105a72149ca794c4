using System.Text.Json.Serialization.Metadata;
using Courier.Health;
using Courier.Orders;
using Courier.Pacing;
using Courier.Quota;
using Courier.Schedules;
using Courier.Storage;
using Courier.Watch;

namespace Courier.Operations.Overview;

/// <summary>What the instances share, read and never written: by the blobs and formats of those to whom the documents belong.</summary>
public sealed class SharedDocuments(CourierStorage storage, TimeProvider time, Func<double> jitter)
{
    /// <summary>Null when there is none, or none that makes sense.</summary>
    public async Task<LedgerState?> LedgerAsync(CancellationToken cancellationToken) =>
        await ReadAsync(LedgerStore.Blob, QuotaJson.Format.LedgerState, cancellationToken) is { IsSane: true } ledger ? ledger : null;

    /// <summary>Since when the API refuses a key; null when none is on hold.</summary>
    public async Task<DateTimeOffset?> HeldSinceAsync(CancellationToken cancellationToken) =>
        await ReadAsync(CredentialHold.Blob, PacingJson.Format.CredentialState, cancellationToken) is { KeyHash: not null } held ? held.Since : null;

    public Task<AlertState?> AlertsAsync(CancellationToken cancellationToken) => ReadAsync(AlertState.Blob, WatchJson.Format.AlertState, cancellationToken);

    /// <summary>What was told lately; nothing when nothing was.</summary>
    public async Task<AlertHistory> AlertHistoryAsync(CancellationToken cancellationToken) =>
        await ReadAsync(AlertHistory.Blob, WatchJson.Format.AlertHistory, cancellationToken) ?? AlertHistory.Empty;

    public Task<ScheduleState?> SchedulesAsync(CancellationToken cancellationToken) => ReadAsync(ScheduleClaims.Blob, ScheduleJson.Format.ScheduleState, cancellationToken);

    public async Task<OrderBook> OrdersAsync(CancellationToken cancellationToken) =>
        await ReadAsync(OrderBook.Blob, OrdersJson.Format.OrderBook, cancellationToken) ?? OrderBook.Empty;

    /// <summary>By the reports that they write, which are listed and not read; the latest first.</summary>
    public async Task<IReadOnlyList<SeenInstance>> InstancesAsync(CancellationToken cancellationToken) =>
        await storage.State.ListLabelledAsync(HealthReports.Folder, cancellationToken)
            .Select(blob => new SeenInstance(HealthReports.InstanceOf(blob.Name), blob.WrittenAt))
            .OrderByDescending(instance => instance.LastSeen).ToListAsync(cancellationToken);

    private Task<T?> ReadAsync<T>(string blob, JsonTypeInfo<T> format, CancellationToken cancellationToken)
        where T : class => new SharedState<T>(storage.State, blob, format, time, jitter).ReadAsync(TimeSpan.Zero, cancellationToken).AsTask();
}
