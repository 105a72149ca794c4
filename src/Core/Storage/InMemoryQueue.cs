using System.Globalization;

namespace Courier.Storage;

/// <summary>A queue in this process's memory with the storage queue's semantics: leases, receipts, dequeue counts, size limit.</summary>
public sealed class InMemoryQueue(string name, TimeProvider time) : IMessageQueue
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private readonly SortedSet<Entry> _byVisibility = new(Comparer<Entry>.Create(static (a, b) => (a.VisibleAt, a.Order).CompareTo((b.VisibleAt, b.Order))));
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _order;

    public string Name => name;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, MessageSize.Limit, nameof(body));
        ArgumentOutOfRangeException.ThrowIfLessThan(visibleAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibleAfter, s_longestDelay);
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            string id = Number();
            Entry entry = new(new QueuedMessage(id, body.ToArray(), now, 0)) { VisibleAt = now + visibleAfter, Order = _order };
            _entries.Add(id, entry);
            _byVisibility.Add(entry);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken)
    {
        List<QueuedMessage> received = [];
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            while (received.Count < maximum && _byVisibility.Min is { } entry && entry.VisibleAt <= now)
            {
                entry.Message = entry.Message with { DequeueCount = entry.Message.DequeueCount + 1 };
                received.Add(Hide(entry, now + lease));
            }
        }

        return Task.FromResult<IReadOnlyList<QueuedMessage>>(received);
    }

    public Task<QueuedMessage?> PeekAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_byVisibility.Min is { } first && first.VisibleAt <= time.GetUtcNow() ? first.Message with { Receipt = "" } : null);
    }

    public Task<IReadOnlyList<QueuedMessage>> PeekAsync(int maximum, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            return Task.FromResult<IReadOnlyList<QueuedMessage>>([.. _byVisibility.TakeWhile(entry => entry.VisibleAt <= now).Take(maximum).Select(entry => entry.Message with { Receipt = "" })]);
        }
    }

    public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(Leased(message) is { } entry ? Hide(entry, time.GetUtcNow() + lease) : null);
    }

    public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Leased(message) is not { } entry)
                return Task.CompletedTask;
            _entries.Remove(message.Id);
            _byVisibility.Remove(entry);
        }

        return Task.CompletedTask;
    }

    public Task<int> CountAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_entries.Count);
    }

    private Entry? Leased(QueuedMessage message) =>
        _entries.TryGetValue(message.Id, out Entry? entry) && entry.Message.Receipt == message.Receipt ? entry : null;

    private QueuedMessage Hide(Entry entry, DateTimeOffset until)
    {
        _byVisibility.Remove(entry);
        entry.Message = entry.Message with { Receipt = Number() };
        (entry.VisibleAt, entry.Order) = (until, _order);
        _byVisibility.Add(entry);
        return entry.Message;
    }

    private string Number() => (++_order).ToString(CultureInfo.InvariantCulture);

    private sealed class Entry(QueuedMessage message)
    {
        public QueuedMessage Message { get; set; } = message;

        public DateTimeOffset VisibleAt { get; set; }

        public long Order { get; set; }
    }
}
