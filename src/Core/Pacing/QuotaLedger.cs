using Courier.Messages;
using Courier.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>
/// Gives out the quota of all instances from one shared blob. Slots are taken in batches: as many as requests wait for one here,
/// and, while slots are due anyway, some more for the next ones.
/// </summary>
public sealed partial class QuotaLedger
{
    public const string Blob = "quota-ledger.json";

    private const int LargestBatch = 32;

    /// <summary>Where there is a backlog anyway, the first who asks waits a moment for the rest of its batch.</summary>
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan s_pauseWhenAlone = TimeSpan.FromMilliseconds(100);

    private readonly QuotaOptions _quota;
    private readonly TimeProvider _time;
    private readonly ILogger<QuotaLedger> _logger;
    private readonly SharedState<LedgerState> _state;
    private readonly IMessageQueue _requests;
    private readonly string _name;
    private readonly SlotDesk _normal;
    private readonly SlotDesk _high;
    private readonly Lock _lock = new();
    private readonly SlotPouch _pouch;
    private bool _wasAlone;
    private volatile bool _isBehind = true; // until known otherwise
    private int _owed;

    public QuotaLedger(CourierStorage storage, IOptions<QuotaOptions> quota, TimeProvider time, Func<double> jitter, ILogger<QuotaLedger> logger)
    {
        (_quota, _time, _logger) = (quota.Value, time, logger);
        (_requests, _name) = (storage.Requests, storage.Instance.Brief);
        _state = new SharedState<LedgerState>(storage.State, Blob, PacingJson.Format.LedgerState, time, jitter) { LongestPause = LongestPause };
        _pouch = new SlotPouch(_quota.Tolerance, LargestBatch);
        _normal = new SlotDesk(FetchAsync, Gathering, LargestBatch, time);
        _high = new SlotDesk(FetchHighAsync, () => TimeSpan.Zero, LargestBatch, time);
    }

    /// <summary>The ledger as it is known here, read again when older than that.</summary>
    public async ValueTask<LedgerState> ReadAsync(TimeSpan maximumAge, CancellationToken cancellationToken) =>
        await _state.ReadAsync(maximumAge, cancellationToken) ?? await ChangeAsync(static (state, _) => (state, state), knownIsLikely: false, cancellationToken);

    /// <summary>A slot of its own for one request. When its turn is, <see cref="LedgerState.TurnOf"/> says.</summary>
    public ValueTask<Slot> TakeAsync(SlotLane lane, CancellationToken cancellationToken)
    {
        if (lane == SlotLane.Normal && FromPouch() is { } slot)
            return ValueTask.FromResult(slot);
        return new ValueTask<Slot>((lane == SlotLane.High ? _high : _normal).TakeAsync(cancellationToken));
    }

    /// <summary>Says that somebody who had to wait for this slot uses it now. Seldom an operation.</summary>
    public async ValueTask UseAsync(Slot slot, CancellationToken cancellationToken)
    {
        if (_state.Known is not { } known || !ReferenceEquals(known.Using(slot, _quota, _time.GetUtcNow()), known))
            await ChangeAsync((state, now) => (state.Using(slot, _quota, now), 0), knownIsLikely: false, cancellationToken);
    }

    /// <summary>Finds out whether all were away while this slot's turn went by; then every slot keeps its place.</summary>
    public Task<LedgerState> ResumeAsync(Slot slot, CancellationToken cancellationToken) => ChangeAsync(
        (state, now) => state.Resumed(slot, _quota, now) is var next ? (next, next) : default, knownIsLikely: false, cancellationToken);

    /// <summary>Accounts for calls that were made without a slot: retries within the process, probes.</summary>
    public void Charge(int calls)
    {
        lock (_lock)
            _owed += calls;
    }

    /// <summary>A 429: closes the gate for every instance until then.</summary>
    public Task CloseAsync(DateTimeOffset until, CancellationToken cancellationToken) => ChangeAsync(
        (state, now) => (state.Refused(until, _quota, now), 0), knownIsLikely: false, cancellationToken);

    private Slot? FromPouch()
    {
        lock (_lock)
            return _pouch.Take(_time.GetUtcNow());
    }

    private async Task<IReadOnlyList<Slot>> FetchAsync(int wanted)
    {
        List<Slot> slots = [];
        while (slots.Count < wanted && FromPouch() is { } slot)
            slots.Add(slot);
        int missing = wanted - slots.Count;
        if (missing == 0)
            return slots;

        SlotOrder order = Order(missing);
        (Taken taken, int count) = await ChargedAgainIfItFailsAsync(order.Owed, TakeAsync(order));
        slots.AddRange(Enumerable.Range(order.Owed, missing).Select(i => taken[i]));
        lock (_lock)
            _pouch.Fill(Enumerable.Range(order.Owed + missing, count - missing).Select(i => taken[i]), _time.GetUtcNow());
        return slots;
    }

    private async Task<(Taken Taken, int Count)> TakeAsync(SlotOrder order) =>
        await TryTakeAsync(order) ?? (await TryTakeAsync(order with { Lead = await LeadAsync() }))!.Value;

    /// <returns>Null when it depends on how long the backlog is that begins here.</returns>
    private async Task<(Taken Taken, int Count)?> TryTakeAsync(SlotOrder order)
    {
        int tries = 0;
        (Taken Taken, int Count)? taken = await ChangeAsync<(Taken, int)?>(
            (state, now) =>
            {
                tries++;
                if (order.Lead is null && order.BeginsBacklog(state, _quota, now))
                    return (state, null);
                (Taken taken, int count, _isBehind) = order.Fill(state, _quota, now);
                return (_isBehind ? taken.State with { Rotation = state.Rotation.After(_name, now) } : taken.State, (taken, count));
            },
            _wasAlone,
            CancellationToken.None);
        _wasAlone = tries == 1;
        return taken;
    }

    private async Task<TimeSpan> LeadAsync() => SlotOrder.LeadFor(await _requests.CountAsync(CancellationToken.None), _quota);

    private TimeSpan Gathering()
    {
        TimeSpan turn = _state.Known?.Rotation.UntilTurnOf(_name, _time.GetUtcNow()) ?? TimeSpan.Zero;
        return !_isBehind ? TimeSpan.Zero : turn > s_gathering ? turn : s_gathering;
    }

    private TimeSpan LongestPause(LedgerState? state)
    {
        TimeSpan half = (state?.Rotation.Round(_time.GetUtcNow()) ?? TimeSpan.Zero) / 2;
        return half > s_pauseWhenAlone ? half : s_pauseWhenAlone;
    }

    private async Task<TResult> ChargedAgainIfItFailsAsync<TResult>(int owed, Task<TResult> change)
    {
        try
        {
            return await change;
        }
        catch
        {
            Charge(owed);
            throw;
        }
    }

    private async Task<IReadOnlyList<Slot>> FetchHighAsync(int count)
    {
        Taken taken = await ChangeAsync(
            (state, now) =>
            {
                Taken taken = state.TakeHigh(count, _quota, now);
                return (taken.State, taken);
            },
            knownIsLikely: false,
            CancellationToken.None);
        return [.. Enumerable.Range(0, count).Select(i => taken[i])];
    }

    private SlotOrder Order(int missing)
    {
        lock (_lock)
        {
            int owed = _owed;
            _owed = 0;
            (int Count, string? Ledger) unused = _pouch.Empty();
            return new SlotOrder(missing, _pouch.BatchSize(_time.GetUtcNow()), owed, unused);
        }
    }

    private async Task<TResult> ChangeAsync<TResult>(
        Func<LedgerState, DateTimeOffset, (LedgerState, TResult)> change, bool knownIsLikely, CancellationToken cancellationToken)
    {
        (TResult result, bool isLost) = await _state.UpdateAsync(
            state =>
            {
                DateTimeOffset now = _time.GetUtcNow();
                bool isLost = state is null && _state.WasThere;
                (LedgerState next, TResult result) = change(state ?? Open(now, burst: !isLost), now);
                return (next, (result, isLost));
            },
            knownIsLikely,
            cancellationToken);
        if (isLost)
            Log.LedgerLost(_logger, Blob);
        return result;
    }

    private LedgerState Open(DateTimeOffset now, bool burst) => LedgerState.Fresh(Guid.CreateVersion7(now).ToString("N")[^8..], _quota, now, burst);

    private static partial class Log
    {
        [LoggerMessage(EventId = 20, Level = LogLevel.Warning, EventName = "quota.ledger-lost",
            Message = "quota.ledger-lost {Blob} is gone or cannot be read: a new one starts without a burst, and every waiting request asks it for a new slot")]
        public static partial void LedgerLost(ILogger logger, string blob);
    }
}
