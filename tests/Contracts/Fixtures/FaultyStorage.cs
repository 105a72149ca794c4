using System.Runtime.CompilerServices;
using Courier.Storage;

namespace Courier.Contracts;

/// <summary>Storage each of whose operations goes as a test says: the one decorator before both seams.</summary>
/// <param name="manner">Asked once before each operation.</param>
public sealed class FaultyStorage(IStorage inner, TimeProvider time, Func<StorageOperation, StorageManner> manner) : IStorage
{
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(5);

    /// <summary>The same without faults.</summary>
    public IStorage Inner => inner;

    public IMessageQueue Queue(string name) => new FaultyQueue(inner.Queue(name), this);

    public IBlobContainer Container(string name) => new FaultyContainer(inner.Container(name), this);

    /// <param name="conflict">What the operation returns when another writer was faster.</param>
    private async Task<T> RunAsync<T>(StorageOperation operation, Func<Task<T>> run, Func<T>? conflict = null)
    {
        StorageManner how = manner(operation);
        switch (how)
        {
            case StorageManner.Conflict when conflict is not null:
                return conflict();
            case StorageManner.Refused or StorageManner.Conflict:
                throw Failure(operation, "the storage answered 503 ServerBusy.");
            case StorageManner.Lost:
                throw Failure(operation, "the storage did not answer in time.");
            case StorageManner.Leased:
                throw Failure(operation, "the storage answered 412 LeaseIdMissing.", "Break the lease.");
            case StorageManner.DeadBefore:
                await DeadAsync();
                break;
            case StorageManner.Slow:
                await Task.Delay(s_slow, time);
                break;
        }

        T result = await run();
        if (how == StorageManner.DeadAfter)
            await DeadAsync();
        return how == StorageManner.Unanswered ? throw Failure(operation, "the storage did not answer in time.") : result;
    }

    /// <summary>Nothing after this await ever runs: so ends a process.</summary>
    private static Task DeadAsync() => new TaskCompletionSource().Task;

    private static StorageFailureException Failure(StorageOperation operation, string problem, string? remedy = null) =>
        new(operation.Blob is { Length: > 0 } blob ? $"{operation.Place}/{blob}" : operation.Place, problem, remedy);

    private sealed class FaultyQueue(IMessageQueue queue, FaultyStorage storage) : IMessageQueue
    {
        public string Name => queue.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => RunAsync("ensure", () => queue.EnsureExistsAsync(cancellationToken));

        public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken) =>
            RunAsync("send", () => queue.SendAsync(body, visibleAfter, cancellationToken));

        public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken) =>
            storage.RunAsync(Operation("receive"), () => queue.ReceiveAsync(maximum, lease, cancellationToken));

        public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
            storage.RunAsync(Operation("renew"), () => queue.RenewAsync(message, lease, cancellationToken), () => null);

        public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => RunAsync("delete", () => queue.DeleteAsync(message, cancellationToken));

        public Task<int> CountAsync(CancellationToken cancellationToken) => storage.RunAsync(Operation("count"), () => queue.CountAsync(cancellationToken));

        private StorageOperation Operation(string verb) => new(verb, Name);

        private Task<bool> RunAsync(string verb, Func<Task> run) => storage.RunAsync(Operation(verb), async () =>
        {
            await run();
            return true;
        });
    }

    private sealed class FaultyContainer(IBlobContainer container, FaultyStorage storage) : IBlobContainer
    {
        public string Name => container.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => RunAsync("ensure", "", () => container.EnsureExistsAsync(cancellationToken));

        public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
            RunAsync("write", name, () => container.WriteAsync(name, content, contentType, cancellationToken));

        public Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken) =>
            storage.RunAsync(Operation("replace", name), () => container.ReplaceAsync(name, content, contentType, etag, cancellationToken), () => null);

        public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken) =>
            storage.RunAsync(Operation("read", name), () => container.ReadAsync(name, cancellationToken));

        public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (string name in await storage.RunAsync(Operation("list", prefix), () => container.ListAsync(prefix, cancellationToken).ToListAsync(cancellationToken).AsTask()))
                yield return name;
        }

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => RunAsync("remove", name, () => container.DeleteAsync(name, cancellationToken));

        public Task DeleteAsync(string name, string etag, CancellationToken cancellationToken) => RunAsync("remove", name, () => container.DeleteAsync(name, etag, cancellationToken));

        private StorageOperation Operation(string verb, string blob) => new(verb, Name, blob);

        private Task<bool> RunAsync(string verb, string blob, Func<Task> run) => storage.RunAsync(Operation(verb, blob), async () =>
        {
            await run();
            return true;
        });
    }
}
