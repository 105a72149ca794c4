using Courier.Storage;

namespace Courier.Schedules;

/// <summary>The claims of all instances, on one blob: what one has taken nobody else takes.</summary>
public sealed class ScheduleClaims(CourierStorage storage, ScheduleBook book, TimeProvider time, Func<double> jitter)
{
    public const string Blob = "schedules.json";

    private readonly SharedState<ScheduleState> _state = new(storage.State, Blob, ScheduleJson.Format.ScheduleState, time, jitter) { SetAside = storage.SetAsideAsync };

    /// <summary>Takes what is due and free. One read and no write when there is nothing.</summary>
    public async Task<IReadOnlyList<ScheduledRun>> TakeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<Schedule> schedules = book.Schedules;
        ScheduleState? known = await _state.ReadAsync(TimeSpan.Zero, cancellationToken);
        (ScheduleState next, _) = SchedulePolicy.Claim(schedules, known, now);
        return next.Schedules!.SequenceEqual(known?.Schedules ?? [])
            ? []
            : await _state.UpdateAsync(state => SchedulePolicy.Claim(schedules, state, now), knownIsLikely: true, cancellationToken);
    }

    public Task DoneAsync(ScheduledRun run, CancellationToken cancellationToken) =>
        _state.UpdateAsync(state => (SchedulePolicy.Done(state, run), 0), knownIsLikely: true, cancellationToken);
}
