using Courier.Contracts;
using Courier.Storage;

namespace Courier.Functions.Tests;

/// <summary>Storage in memory whose queues can be made to refuse what is sent to them.</summary>
internal sealed class BrokenStorage(FakeClock clock) : IStorage
{
    private readonly InMemoryStorage _storage = new(clock);

    /// <summary>The queues that fail, by name.</summary>
    public HashSet<string> Broken { get; } = [];

    public IMessageQueue Queue(string name) => new BrokenQueue(_storage.Queue(name), Broken);

    public IBlobContainer Container(string name) => _storage.Container(name);

    private sealed class BrokenQueue(IMessageQueue queue, HashSet<string> broken) : IMessageQueue
    {
        public string Name => queue.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => queue.EnsureExistsAsync(cancellationToken);

        public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken) => broken.Contains(queue.Name)
            ? Task.FromException(new IOException($"{queue.Name} is broken"))
            : queue.SendAsync(body, visibleAfter, cancellationToken);

        public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken) =>
            queue.ReceiveAsync(maximum, lease, cancellationToken);

        public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
            queue.RenewAsync(message, lease, cancellationToken);

        public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => queue.DeleteAsync(message, cancellationToken);

        public Task<int> CountAsync(CancellationToken cancellationToken) => queue.CountAsync(cancellationToken);
    }
}
