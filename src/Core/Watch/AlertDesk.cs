using Courier.Alerts;
using Courier.Sinks;
using Courier.StatusPages;
using Courier.Storage;

namespace Courier.Watch;

/// <summary>Keeps what was decided together with what is still to be sent, and sends it.</summary>
public sealed class AlertDesk
{
    /// <summary>Who sends has so long before another instance takes over.</summary>
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    private readonly AlertWriter _writer;
    private readonly AlertDelivery _delivery;
    private readonly TimeProvider _time;
    private readonly SharedState<AlertState> _state;

    public AlertDesk(CourierStorage storage, AlertWriter writer, AlertDelivery delivery, TimeProvider time, Func<double> jitter)
    {
        (_writer, _delivery, _time) = (writer, delivery, time);
        _state = new SharedState<AlertState>(storage.State, AlertState.Blob, WatchJson.Format.AlertState, time, jitter) { SetAside = storage.SetAsideAsync };
    }

    public async Task<AlertState> ReadAsync(CancellationToken cancellationToken) => await _state.ReadAsync(TimeSpan.Zero, cancellationToken) ?? Start();

    /// <summary>Stores what is decided, and sends what is due.</summary>
    /// <returns>What was decided, and what of it is to be sent.</returns>
    /// <param name="evaluate">Pure; called again when another instance was faster.</param>
    public async Task<AlertChange> ApplyAsync(
        Func<AlertState, (AlertState State, IReadOnlyList<(AlertKind Kind, DateTimeOffset Since)> Raised)> evaluate,
        HealthFacts facts,
        VendorStatus? vendor,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        (AlertChange change, IReadOnlyList<PendingAlert> pending) = await _state.UpdateAsync(
            state =>
            {
                AlertState before = state ?? Start();
                (AlertState next, IReadOnlyList<(AlertKind Kind, DateTimeOffset Since)> raised) = evaluate(before);
                PendingAlert[] toSend = [.. next.Pending, .. raised.Select(alert => _delivery.Prepare(_writer.Write(alert.Kind, alert.Since, facts, vendor), now))];
                AlertState after = next with { Pending = [.. toSend.Select(alert => alert.IsDue(now) ? alert with { NextTryAt = now + s_lease } : alert)] };
                return (after, (new AlertChange(before, after), (IReadOnlyList<PendingAlert>)toSend));
            },
            knownIsLikely: false,
            cancellationToken);
        if (pending.Any(alert => alert.IsDue(now)))
            await SendAsync(pending, cancellationToken);
        return change;
    }

    private async Task SendAsync(IReadOnlyList<PendingAlert> pending, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeliveryOutcome> outcomes = await _delivery.SendDueAsync(pending, _time.GetUtcNow(), cancellationToken);
        await _state.UpdateAsync(
            state => ((state ?? Start()) with { Pending = [.. (state?.Pending ?? pending).Select(alert => alert.After(outcomes, _time.GetUtcNow())).OfType<PendingAlert>()] }, 0),
            knownIsLikely: true,
            CancellationToken.None);
    }

    private AlertState Start() => new() { WatchingSince = _time.GetUtcNow() };
}
