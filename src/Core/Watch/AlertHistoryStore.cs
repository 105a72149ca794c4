using Courier.Storage;

namespace Courier.Watch;

/// <summary>Keeps the history of alerts on a blob of its own: two storage operations when there is news, none when there is none.</summary>
public sealed class AlertHistoryStore(CourierStorage storage, TimeProvider time, Func<double> jitter)
{
    private readonly SharedState<AlertHistory> _state = new(storage.State, AlertHistory.Blob, WatchJson.Format.AlertHistory, time, jitter) { SetAside = storage.SetAsideAsync };

    public async Task KeepAsync(AlertChange change, CancellationToken cancellationToken)
    {
        if (!change.IsNews)
            return;
        try
        {
            await _state.UpdateAsync(history => ((history ?? AlertHistory.Empty).After(change.After, time.GetUtcNow()), 0), knownIsLikely: false, cancellationToken);
        }
        catch (StorageFailureException)
        {
            // The alert was sent, which matters more. Whatever is still to be sent is taken in at the next look.
        }
    }
}
