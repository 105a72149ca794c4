using Courier.Alerts;
using Courier.Measures;
using Courier.Origin;
using Courier.Writing;
using Microsoft.Extensions.Logging;

namespace Courier.Sinks;

/// <summary>
/// Sends alerts to the queue, the log and the webhooks, at least once each: whoever is killed before the outcome is stored sends again, with
/// the same id. No sink waits for another; at one sink an episode's alerts arrive in order, so that no outage is opened after its end.
/// </summary>
public sealed partial class AlertDelivery(IReadOnlyList<IAlertSink> sinks, KeyRedaction redaction, TimeProvider time, ILogger<AlertDelivery> logger)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>The alert as it may be stored and sent: without the key, cut to size, and for every sink there is.</summary>
    public PendingAlert Prepare(Alert alert, DateTimeOffset now) => new(alert.Clean(redaction), [.. sinks.Select(sink => sink.Name)], 0, now, now);

    /// <summary>Tries whatever is due. What to do next: <see cref="PendingAlert.After"/>. Throws for nothing but cancellation.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> SendDueAsync(IReadOnlyList<PendingAlert> pending, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IEnumerable<Task<List<DeliveryOutcome>>> lanes = pending
            .SelectMany(alert => alert.Sinks.Select(sink => (Sink: sink, Alert: alert)))
            .GroupBy(item => (item.Sink, item.Alert.Alert.Incident), item => item.Alert)
            .Select(lane => SendInOrderAsync(lane.Key.Sink, lane.OrderBy(alert => alert.FirstAt), now, cancellationToken));
        return [.. (await Task.WhenAll(lanes)).SelectMany(outcomes => outcomes)];
    }

    private async Task<List<DeliveryOutcome>> SendInOrderAsync(string sink, IEnumerable<PendingAlert> alerts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<DeliveryOutcome> outcomes = [];
        foreach (PendingAlert alert in alerts.TakeWhile(alert => alert.IsDue(now)))
        {
            if (!alert.IsLastTry(now) && sinks.All(known => known.Name != sink))
                break; // another deployment may have it
            DeliveryOutcome outcome = await TryAsync(sink, alert, now, cancellationToken);
            Instruments.AlertDeliveries.Add(1, new("courier.sink", sink), new KeyValuePair<string, object?>(Instruments.Outcome, outcome.Name));
            outcomes.Add(outcome);
            if (outcome is DeliveryOutcome.Failed)
                break;
        }

        return outcomes;
    }

    private async Task<DeliveryOutcome> TryAsync(string name, PendingAlert pending, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Alert alert = pending.Alert;
        if (sinks.FirstOrDefault(sink => sink.Name == name) is not { } sink)
            return new DeliveryOutcome.NoSuchSink(alert.Id, name);
        if (await SendAsync(sink, alert, cancellationToken) is not { } why)
            return new DeliveryOutcome.Delivered(alert.Id, name);
        Log.DeliveryFailed(logger, alert.Id, alert.Kind, name, pending.Tries + 1, why);
        if (!pending.IsLastTry(now))
            return new DeliveryOutcome.Failed(alert.Id, name, why);
        Log.DeliveryGivenUp(logger, alert.Id, alert.Kind, name, pending.FirstAt);
        return new DeliveryOutcome.GivenUp(alert.Id, name, why);
    }

    /// <returns>Why it failed; null when it arrived.</returns>
    private async Task<string?> SendAsync(IAlertSink sink, Alert alert, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(s_timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await sink.SendAsync(alert.Clean(redaction), either.Token); // once more: the key may be another by now
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested ? $"No answer within {s_timeout.TotalSeconds} s." : BoundedText.Of(redaction.Clean(e.Message), 200);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(41, LogLevel.Warning, "alert.delivery-failed {Id} ({Kind}) did not reach {Sink}, try {Try}: {Why}", EventName = "alert.delivery-failed")]
        public static partial void DeliveryFailed(ILogger logger, string id, AlertKind kind, string sink, int @try, string why);

        [LoggerMessage(42, LogLevel.Error, "alert.delivery-given-up {Id} ({Kind}) has not reached {Sink} since {FirstAt} and is not sent there any more", EventName = "alert.delivery-given-up")]
        public static partial void DeliveryGivenUp(ILogger logger, string id, AlertKind kind, string sink, DateTimeOffset firstAt);
    }
}
