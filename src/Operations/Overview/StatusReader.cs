using Courier.Operations.DeadLetters;
using Courier.Operations.Wording;
using Courier.Orders;
using Courier.Processing;
using Courier.Quota;
using Courier.Schedules;
using Courier.Storage;
using Courier.Watch;

namespace Courier.Operations.Overview;

/// <summary>Reads how Courier does: in twelve storage operations, whatever the backlog.</summary>
public sealed class StatusReader(CourierStorage storage, SharedDocuments documents, QueueReader queues, QuotaOutlook outlook, ScheduleBook schedules)
{
    /// <summary>As many as a storage account lists in one operation.</summary>
    private const int OnePage = 5000;

    public async Task<CourierStatus> ReadAsync(CancellationToken cancellationToken)
    {
        QueueDepths depths = await queues.DepthsAsync(cancellationToken);
        LedgerState? ledger = await documents.LedgerAsync(cancellationToken);
        DateTimeOffset? heldSince = await documents.HeldSinceAsync(cancellationToken);
        AlertState? alerts = await documents.AlertsAsync(cancellationToken);
        OrderBook orders = await documents.OrdersAsync(cancellationToken);
        return new CourierStatus
        {
            At = outlook.Now,
            Queues = depths,
            WaitingSince = await queues.WaitingSinceAsync(cancellationToken),
            Quota = outlook.Quota(ledger),
            QuotaWindow = outlook.Window(ledger),
            HeldSince = heldSince,
            Pause = orders.Pause,
            Cancellations = orders.Cancelled.Count,
            OutageSince = alerts?.Outage.Since,
            SilenceSince = alerts?.SilenceSince,
            StorageBlockedSince = alerts?.StorageBlockedSince,
            Forecast = outlook.Forecast(depths.Requests, ledger, heldSince),
            DeadLetters = await TallyAsync(cancellationToken),
            Schedules = Schedules(await documents.SchedulesAsync(cancellationToken)),
            Instances = await documents.InstancesAsync(cancellationToken),
        };
    }

    /// <summary>One page of the listing.</summary>
    private async Task<DeadLetterTally> TallyAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, int> reasons = new(StringComparer.Ordinal);
        await foreach (ListedBlob blob in storage.DeadLetterRecords.ListLabelledAsync("", cancellationToken).Take(OnePage))
        {
            string reason = DeadLetterSummary.Of(blob)?.Reason ?? "unknown";
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        }

        int count = reasons.Values.Sum();
        return new DeadLetterTally(count, count < OnePage, reasons.OrderByDescending(reason => reason.Value).ToDictionary());
    }

    /// <summary>Those of the settings, and those that only the instances know.</summary>
    private ScheduleStatus[] Schedules(ScheduleState? state)
    {
        IReadOnlyList<ScheduleEntry> entries = state?.Schedules ?? [];
        return
        [
            .. schedules.Schedules.Select(schedule => Status(schedule.Name, entries.FirstOrDefault(entry => entry.IsOf(schedule)), schedule.Cron)),
            .. entries.Where(entry => !schedules.Schedules.Any(entry.IsOf)).Select(entry => Status(entry.Name, entry, null)),
        ];
    }

    private ScheduleStatus Status(string name, ScheduleEntry? entry, CronExpression? cron) =>
        new(name, cron is null ? null : CronWords.Of(cron), entry?.LastTick, entry?.Running?.Since, cron?.Next(outlook.Now));
}
