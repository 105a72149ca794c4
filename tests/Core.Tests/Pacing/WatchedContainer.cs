using Courier.Pacing;
using Courier.Quota;
using Courier.Storage;

namespace Courier.Tests.Pacing;

/// <summary>A container that counts what is done to the ledger's blob, and takes its time or fails when told to.</summary>
internal sealed class WatchedContainer(IBlobContainer inner) : IBlobContainer
{
    public string Name => inner.Name;

    /// <summary>Of the ledger's blob.</summary>
    public int Reads { get; private set; }

    /// <summary>Compare-and-swaps of the ledger's blob, the futile ones included.</summary>
    public int Writes { get; private set; }

    public Exception? Failure { get; set; }

    /// <summary>Spent before and after each operation.</summary>
    public Func<Task> Pause { get; init; } = static () => Task.CompletedTask;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, content, contentType, cancellationToken);

    public async Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
    {
        Writes += name == LedgerStore.Blob ? 1 : 0;
        return await WatchAsync(() => inner.ReplaceAsync(name, content, contentType, etag, cancellationToken));
    }

    public async Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        Reads += name == LedgerStore.Blob ? 1 : 0;
        return await WatchAsync(() => inner.ReadAsync(name, cancellationToken));
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    private async Task<T> WatchAsync<T>(Func<Task<T>> operation)
    {
        await Pause();
        if (Failure is not null)
            throw Failure;
        T result = await operation();
        await Pause();
        return result;
    }
}
