using System.Runtime.CompilerServices;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Operations.Tests;

/// <summary>Storage in memory that counts operations as an account bills them: a listing for each 5,000 blobs.</summary>
internal sealed class CountingStorage : IStorage
{
    private const int Page = 5000;

    private readonly InMemoryStorage _storage = new(new FakeClock());

    public int Operations { get; set; }

    public IMessageQueue Queue(string name) => new CountingQueue(_storage.Queue(name), this);

    public IBlobContainer Container(string name) => new CountingContainer(_storage.Container(name), this);

    private T Count<T>(T operation)
    {
        Operations++;
        return operation;
    }

    private sealed class CountingQueue(IMessageQueue queue, CountingStorage storage) : IMessageQueue
    {
        public string Name => queue.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => storage.Count(queue.EnsureExistsAsync(cancellationToken));

        public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken) => storage.Count(queue.SendAsync(body, visibleAfter, cancellationToken));

        public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken) => storage.Count(queue.ReceiveAsync(maximum, lease, cancellationToken));

        public Task<QueuedMessage?> PeekAsync(CancellationToken cancellationToken) => storage.Count(queue.PeekAsync(cancellationToken));

        public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken) => storage.Count(queue.RenewAsync(message, lease, cancellationToken));

        public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => storage.Count(queue.DeleteAsync(message, cancellationToken));

        public Task<int> CountAsync(CancellationToken cancellationToken) => storage.Count(queue.CountAsync(cancellationToken));
    }

    private sealed class CountingContainer(IBlobContainer container, CountingStorage storage) : IBlobContainer
    {
        public string Name => container.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => storage.Count(container.EnsureExistsAsync(cancellationToken));

        public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) => storage.Count(container.WriteAsync(name, content, contentType, cancellationToken));

        public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
            storage.Count(container.WriteAsync(name, content, contentType, labels, cancellationToken));

        public Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken) =>
            storage.Count(container.ReplaceAsync(name, content, contentType, etag, cancellationToken));

        public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken) => storage.Count(container.ReadAsync(name, cancellationToken));

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ListLabelledAsync(prefix, cancellationToken).Select(blob => blob.Name);

        public async IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            int count = 0;
            storage.Operations++;
            await foreach (ListedBlob blob in container.ListLabelledAsync(prefix, cancellationToken))
            {
                if (count++ == Page)
                    (count, storage.Operations) = (1, storage.Operations + 1);
                yield return blob;
            }
        }

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => storage.Count(container.DeleteAsync(name, cancellationToken));
    }
}
