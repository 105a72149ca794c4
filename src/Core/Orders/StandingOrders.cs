using Courier.Storage;

namespace Courier.Orders;

/// <summary>The operator's orders as all instances share them: pause everything, cancel a request.</summary>
public sealed class StandingOrders(CourierStorage storage, TimeProvider time, Func<double> jitter)
{
    /// <summary>Every instance knows of an order within this time.</summary>
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(12);

    private readonly SharedState<OrderBook> _state = new(storage.State, OrderBook.Blob, OrdersJson.Format.OrderBook, time, jitter) { SetAside = storage.SetAsideAsync };

    /// <summary>As it was a few seconds ago at most.</summary>
    public ValueTask<OrderBook> ReadAsync(CancellationToken cancellationToken) => ReadAsync(s_freshness, cancellationToken);

    public async ValueTask<OrderBook> ReadAsync(TimeSpan maximumAge, CancellationToken cancellationToken) =>
        await _state.ReadAsync(maximumAge, cancellationToken) ?? OrderBook.Empty;

    /// <returns>The pause that stands: an earlier one, if there was one.</returns>
    public Task<PauseOrder> PauseAsync(string by, string? why, CancellationToken cancellationToken) => _state.UpdateAsync(
        book =>
        {
            PauseOrder pause = book?.Pause ?? new PauseOrder(time.GetUtcNow(), by, why);
            return (book?.Pause is null ? (book ?? OrderBook.Empty) with { Pause = pause } : book, pause);
        },
        knownIsLikely: false,
        cancellationToken);

    /// <returns>The pause that is over; null when there was none.</returns>
    public Task<PauseOrder?> ResumeAsync(CancellationToken cancellationToken) => _state.UpdateAsync(
        book => (book?.Pause is null ? book! : book with { Pause = null }, book?.Pause), knownIsLikely: false, cancellationToken);

    /// <returns>False when there are so many orders already that these find no room.</returns>
    public Task<bool> CancelAsync(IReadOnlyCollection<string> ids, string by, string? why, CancellationToken cancellationToken) => _state.UpdateAsync(
        book =>
        {
            DateTimeOffset now = time.GetUtcNow();
            OrderBook next = (book ?? OrderBook.Empty).With(ids.Distinct(StringComparer.Ordinal).Select(id => new CancelOrder(id, now, by, why)), now);
            return next.Cancelled.Count <= OrderBook.MostCancelled ? (next, true) : (book!, false);
        },
        knownIsLikely: false,
        cancellationToken);
}
