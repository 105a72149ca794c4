using System.Globalization;

namespace Courier.Storage;

/// <summary>A queue in this process's memory with the storage queue's semantics: leases, receipts, dequeue counts, size limit.</summary>
public sealed class InMemoryQueue(string name, TimeProvider time) : IMessageQueue
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Entry, (DateTimeOffset VisibleAt, long Order)> _byVisibility = new();
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
            Entry entry = new(new QueuedMessage(id, body.ToArray(), now, 0)) { VisibleAt = now + visibleAfter };
            _entries.Add(id, entry);
            _byVisibility.Enqueue(entry, (entry.VisibleAt, _order));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken)
    {
        List<QueuedMessage> received = [];
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            while (received.Count < maximum && _byVisibility.TryPeek(out Entry? entry, out (DateTimeOffset At, long) due) && due.At <= now)
            {
                _byVisibility.Dequeue();
                if (entry.VisibleAt != due.At || !_entries.ContainsKey(entry.Message.Id))
                    continue; // renewed or deleted since: another place in the order, or none
                entry.Message = entry.Message with { DequeueCount = entry.Message.DequeueCount + 1 };
                received.Add(Hide(entry, now + lease));
            }
        }

        return Task.FromResult<IReadOnlyList<QueuedMessage>>(received);
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
            if (Leased(message) is not null)
                _entries.Remove(message.Id);
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
        entry.VisibleAt = until;
        entry.Message = entry.Message with { Receipt = Number() };
        _byVisibility.Enqueue(entry, (until, _order));
        return entry.Message;
    }

    private string Number() => (++_order).ToString(CultureInfo.InvariantCulture);

    private sealed class Entry(QueuedMessage message)
    {
        public QueuedMessage Message { get; set; } = message;

        public DateTimeOffset VisibleAt { get; set; }
    }
}
