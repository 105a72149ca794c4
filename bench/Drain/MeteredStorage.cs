using Courier.Storage;

namespace Courier.Bench.Drain;

/// <summary>Storage in memory that takes its time (on the virtual clock) and counts its operations.</summary>
internal sealed class MeteredStorage(VirtualClock clock, Random random) : IStorage
{
    private readonly InMemoryStorage _storage = new(clock);

    /// <summary>Reads and writes of shared state.</summary>
    public Dictionary<string, int> StateOperations { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each request was put back on the queue.</summary>
    public Dictionary<string, int> Copies { get; } = new(StringComparer.Ordinal);

    /// <summary>When each request was posted.</summary>
    public List<DateTimeOffset> PostedAt { get; } = [];

    /// <summary>Posts a request as its sender does: no operation of Courier's.</summary>
    public Task PostAsync(int number)
    {
        Copies[$"r{number}"] = 0;
        PostedAt.Add(clock.GetUtcNow());
        return _storage.Queue(new QueueOptions().RequestName).SendAsync(SimulatedRequest.Message(number), TimeSpan.Zero, CancellationToken.None);
    }

    public Task PostRefusedAsync(int number) =>
        _storage.Queue(new QueueOptions().RequestName).SendAsync(SimulatedRequest.RefusedMessage(number), TimeSpan.Zero, CancellationToken.None);

    public IMessageQueue Queue(string name) => new MeteredQueue(_storage.Queue(name), this);

    public IBlobContainer Container(string name) => new MeteredContainer(_storage.Container(name), this);

    private Task LatencyAsync() => Task.Delay(TimeSpan.FromMilliseconds(5 + random.Next(20)), clock, CancellationToken.None);

    private Task StateAsync(string blob)
    {
        StateOperations[blob] = StateOperations.GetValueOrDefault(blob) + 1;
        return LatencyAsync();
    }

    private sealed class MeteredQueue(IMessageQueue queue, MeteredStorage storage) : IMessageQueue
    {
        public string Name => queue.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken)
        {
            string id = SimulatedRequest.Id(body.Span);
            if (id[0] == 'r')
                storage.Copies[id] = storage.Copies.GetValueOrDefault(id) + 1;
            await storage.LatencyAsync();
            // The service counts in whole seconds.
            await queue.SendAsync(body, TimeSpan.FromSeconds(Math.Ceiling(visibleAfter.TotalSeconds)), cancellationToken);
        }

        public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken) =>
            queue.ReceiveAsync(maximum, lease, cancellationToken);

        public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
            queue.RenewAsync(message, lease, cancellationToken);

        public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => queue.DeleteAsync(message, cancellationToken);

        public Task<int> CountAsync(CancellationToken cancellationToken) => queue.CountAsync(cancellationToken);
    }

    private sealed class MeteredContainer(IBlobContainer container, MeteredStorage storage) : IBlobContainer
    {
        public string Name => container.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
        {
            await storage.LatencyAsync();
            await container.WriteAsync(name, content, contentType, cancellationToken);
        }

        public async Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
        {
            await storage.StateAsync(name);
            return await container.ReplaceAsync(name, content, contentType, etag, cancellationToken);
        }

        public async Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken)
        {
            await storage.StateAsync(name);
            return await container.ReadAsync(name, cancellationToken);
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => container.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => container.DeleteAsync(name, cancellationToken);
    }
}
