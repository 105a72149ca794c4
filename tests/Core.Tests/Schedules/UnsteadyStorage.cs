using Courier.Schedules;
using Courier.Storage;

namespace Courier.Tests.Schedules;

/// <summary>Storage that watches the blob of claims, and fails when told to.</summary>
internal sealed class UnsteadyStorage(IStorage inner) : IStorage
{
    /// <summary>Of the blob, those that failed not included.</summary>
    public int Writes { get; private set; }

    /// <summary>So many more get through.</summary>
    public int? FailAfterWrites { get; set; }

    /// <summary>A container that takes nothing.</summary>
    public string? Broken { get; set; }

    public Action OnWrite { get; set; } = static () => { };

    public IMessageQueue Queue(string name) => inner.Queue(name);

    public IBlobContainer Container(string name) => new Watched(inner.Container(name), this);

    private void Note(string blob)
    {
        if (blob != ScheduleClaims.Blob)
            return;
        if (FailAfterWrites-- == 0)
            throw new IOException("The storage failed before writing the claims.");
        Writes++;
        OnWrite();
    }

    private sealed class Watched(IBlobContainer container, UnsteadyStorage storage) : IBlobContainer
    {
        public string Name => container.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => container.EnsureExistsAsync(cancellationToken);

        public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
            container.Name == storage.Broken ? Task.FromException(new IOException($"{Name} is broken")) : container.WriteAsync(name, content, contentType, cancellationToken);

        public Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
        {
            storage.Note(name);
            return container.ReplaceAsync(name, content, contentType, etag, cancellationToken);
        }

        public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken) => container.ReadAsync(name, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => container.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => container.DeleteAsync(name, cancellationToken);
    }
}
