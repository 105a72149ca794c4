using Courier.Messages;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Quota;

/// <summary>
/// Gives out the quota of all instances from one shared blob. Wishes are fulfilled in batches: all that come while an operation is under way share
/// the next one. While there is plenty, some slots are taken ahead of need, so that most calls cost no operation.
/// </summary>
public sealed class QuotaLedger
{
    /// <summary>Where there is a backlog anyway, the first who asks waits a moment for the rest of its batch.</summary>
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>Others who begin at the same time have been seen by then.</summary>
    private static readonly TimeSpan s_arriving = TimeSpan.FromMilliseconds(100);

    /// <summary>So many places may pass while the storage takes its time; then the request is left to the queue.</summary>
    private const int MostPassed = 2;

    private readonly LedgerStore _store;
    private readonly QuotaOptions _quota;
    private readonly TimeProvider _time;
    private readonly IMessageQueue _requests;
    private readonly string _name;
    private readonly SlotDesk _desk;
    private readonly SlotDesk _urgentDesk;
    private readonly Lock _lock = new();
    private readonly SlotStock _stock;
    private volatile bool _isBehind = true; // until known otherwise

    public QuotaLedger(LedgerStore store, CourierStorage storage, IOptions<QuotaOptions> quota, TimeProvider time)
    {
        (_store, _quota, _time, _requests) = (store, quota.Value, time, storage.Requests);
        _name = storage.Instance.Brief;
        _stock = new SlotStock(_quota);
        _desk = new SlotDesk(ServeAsync, GatherAsync, QuotaOptions.LargestBatch);
        _urgentDesk = new SlotDesk(ServeAsync, () => Task.CompletedTask, QuotaOptions.LargestBatch);
    }

    /// <summary>The ledger as it is known here, read again when older than that.</summary>
    public ValueTask<LedgerState> ReadAsync(TimeSpan maximumAge, CancellationToken cancellationToken) => _store.ReadAsync(maximumAge, cancellationToken);

    /// <summary>Until when the gate is closed, as far as it is known here without asking.</summary>
    public DateTimeOffset ClosedUntil => _store.Known?.ClosedUntil ?? DateTimeOffset.MinValue;

    /// <summary>A place for one request or call; null when there is none, or none can be had because this instance's clock is wrong.</summary>
    public ValueTask<Place?> TakeAsync(Wish wish, CancellationToken cancellationToken)
    {
        bool isAnyGood = wish is Wish.Next or Wish.Urgent or Wish.AtOnce;
        if (isAnyGood && FromStock() is { } place)
            return ValueTask.FromResult<Place?>(place);
        return TakeInTimeAsync(wish, cancellationToken);
    }

    /// <summary>When the storage has taken so long that the place has passed, another in its stead, or none.</summary>
    private async ValueTask<Place?> TakeInTimeAsync(Wish wish, CancellationToken cancellationToken)
    {
        Place? place = await AskAsync(wish, cancellationToken);
        for (int tries = 1; place is { } taken && wish is not Wish.Charge && _time.GetUtcNow() - LedgerState.Later(taken.Turn, ClosedUntil) > _quota.Tolerance; tries++)
        {
            if (wish is Wish.AtOnce || tries > MostPassed)
                return null;
            place = await AskAsync(new Wish.Again(taken.Slot), cancellationToken);
        }

        return place;
    }

    private Task<Place?> AskAsync(Wish wish, CancellationToken cancellationToken) =>
        (wish is Wish.Next or Wish.Again ? _desk : _urgentDesk).AskAsync(wish, cancellationToken);

    /// <summary>A 429 of the quota: closes the gate for every instance until then.</summary>
    /// <returns>The first place afterwards, for the request that was refused.</returns>
    public async Task<Place?> CloseAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        Place?[]? places = await _store.ChangeAsync((state, now) => state.Refused(until, now, _quota).Serve([new Wish.First()], now, _quota), knownIsLikely: false, cancellationToken);
        return places?[0];
    }

    /// <summary>An answer said how many calls are left. Seldom an operation.</summary>
    public async ValueTask SeeAsync(int left, CancellationToken cancellationToken)
    {
        DateTimeOffset heard = _time.GetUtcNow();
        if (_store.Known?.At(heard, _quota).IsNews(left, heard, _quota) == false)
            return;
        await _store.ChangeAsync((state, now) => (state.IsNews(left, now, _quota) ? state.Seen(left, now, _quota) : state, state), knownIsLikely: false, cancellationToken);
    }

    private Place? FromStock()
    {
        lock (_lock)
            return _stock.Take(_time.GetUtcNow());
    }

    /// <summary>Out of the stock as far as it goes: it may have been filled since they asked.</summary>
    private async Task<Place?[]> ServeAsync(IReadOnlyList<Wish> wishes)
    {
        Place?[] places = [.. wishes.Select(wish => wish is Wish.Next ? FromStock() : null)];
        Wish[] missing = [.. wishes.Where((_, i) => places[i] is null)];
        if (missing.Length == 0)
            return places;
        Queue<Place?> fetched = new(await FetchAsync(missing));
        return [.. places.Select(place => place ?? fetched.Dequeue())];
    }

    private async Task<Place?[]> FetchAsync(Wish[] wishes)
    {
        Order order;
        lock (_lock)
            order = new Order(wishes, _stock.Empty(_time.GetUtcNow()), _isBehind, null);
        Served? served = await ServeAsync(order);
        if (served is { Places: null })
            served = await ServeAsync(order with { Lead = Allocation.LeadFor(await _requests.CountAsync(CancellationToken.None), _quota) });
        if (served is null)
            return new Place?[wishes.Length];

        _isBehind = served.IsBehind;
        lock (_lock)
            _stock.Fill(served.Stock, served.At, served.NextTurn, served.Every);
        return served.Places!;
    }

    private Task<Served?> ServeAsync(Order order) =>
        _store.ChangeAsync((state, now) => Serve(state, now, order, _name, _quota), _store.IsAlone, CancellationToken.None);

    /// <summary>Pure: it is tried again when another instance was faster.</summary>
    private static (LedgerState State, Served Served) Serve(LedgerState state, DateTimeOffset now, Order order, string name, QuotaOptions quota)
    {
        if (order.Lead is null && state.BeginsBacklog(order.Wishes.Count, now, quota))
            return (state, new Served(null, 0, now, true, now, quota.Spacing));
        (LedgerState next, Place?[] places) = state.Settle(name, order.Stock.Used, quota).Serve(order.Wishes, now, quota, order.Lead ?? TimeSpan.Zero);
        int stock = 0;
        if (order.WasBehind)
            next = next with { Rotation = next.Rotation.After(name, now) };
        else
            (next, stock) = next.TakeStock(name, order.Stock.Batch - 1, now, quota);
        return (next, new Served(places, stock, now, next.IsBehind(now, quota), next.PlannedFrom, quota.Spacing * Math.Max(1, next.Stocks.Count)));
    }

    private async Task GatherAsync()
    {
        LedgerState? known = _store.Known;
        if (known?.Rotation.IsFirstRound(_time.GetUtcNow(), _quota) == true)
        {
            await Task.Delay(s_arriving, _time);
            known = await _store.ReadAsync(TimeSpan.Zero, CancellationToken.None);
        }

        TimeSpan turn = known?.Rotation.UntilTurnOf(_name, _time.GetUtcNow(), _quota) ?? TimeSpan.Zero;
        TimeSpan wait = turn > s_gathering ? turn : _isBehind ? s_gathering : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _time);
    }

    /// <param name="Lead">How far ahead a backlog begins; null as long as nobody has asked how long the queue is.</param>
    private sealed record Order(IReadOnlyList<Wish> Wishes, (IReadOnlyList<DateTimeOffset> Used, int Batch) Stock, bool WasBehind, TimeSpan? Lead);

    /// <param name="Places">Null when a backlog begins here, and its length matters.</param>
    /// <param name="At">When the stock was taken, by the ledger; the storage may have told it much later.</param>
    private sealed record Served(Place?[]? Places, int Stock, DateTimeOffset At, bool IsBehind, DateTimeOffset NextTurn, TimeSpan Every);
}
