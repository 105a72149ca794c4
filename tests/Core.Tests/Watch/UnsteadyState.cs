using Courier.Storage;
using Courier.Watch;

namespace Courier.Tests.Watch;

/// <summary>Storage whose shared state can break, and which lets a test step in after <c>alerts.json</c> was written.</summary>
internal sealed class UnsteadyState(IStorage inner) : IStorage
{
    public bool IsBroken { get; set; }

    /// <summary>The queue of alerts takes nothing.</summary>
    public bool AreAlertsBroken { get; set; }

    /// <summary>How many reports of instances were written.</summary>
    public int Reports { get; private set; }

    /// <summary>After the state of alerts was written.</summary>
    public Action OnDecided { get; set; } = static () => { };

    public IMessageQueue Queue(string name) => name == "api-alerts" ? new AlertQueue(inner.Queue(name), this) : inner.Queue(name);

    public IBlobContainer Container(string name) => name == "api-state" ? new Watched(inner.Container(name), this) : inner.Container(name);

    private void Use()
    {
        if (IsBroken)
            throw new IOException("The storage is broken.");
    }

    private sealed class Watched(IBlobContainer container, UnsteadyState storage) : IBlobContainer
    {
        public string Name => container.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => container.EnsureExistsAsync(cancellationToken);

        public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
        {
            storage.Use();
            await container.WriteAsync(name, content, contentType, cancellationToken);
            storage.Reports++;
        }

        public async Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
        {
            storage.Use();
            string? replaced = await container.ReplaceAsync(name, content, contentType, etag, cancellationToken);
            if (replaced is not null && name == AlertState.Blob)
                storage.OnDecided();
            return replaced;
        }

        public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken)
        {
            storage.Use();
            return container.ReadAsync(name, cancellationToken);
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => container.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => container.DeleteAsync(name, cancellationToken);
    }

    private sealed class AlertQueue(IMessageQueue queue, UnsteadyState storage) : IMessageQueue
    {
        public string Name => queue.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => queue.EnsureExistsAsync(cancellationToken);

        public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken) =>
            storage.AreAlertsBroken ? Task.FromException(new IOException($"{Name} is broken")) : queue.SendAsync(body, visibleAfter, cancellationToken);

        public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken) => queue.ReceiveAsync(maximum, lease, cancellationToken);

        public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken) => queue.RenewAsync(message, lease, cancellationToken);

        public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => queue.DeleteAsync(message, cancellationToken);

        public Task<int> CountAsync(CancellationToken cancellationToken) => queue.CountAsync(cancellationToken);
    }
}
