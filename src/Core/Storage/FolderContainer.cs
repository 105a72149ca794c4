using System.Runtime.CompilerServices;

namespace Courier.Storage;

/// <summary>One folder of a container, as a container: to whom uses it nothing else is there.</summary>
/// <param name="folder">Ends with a slash.</param>
internal sealed class FolderContainer(IBlobContainer inner, string folder) : IBlobContainer
{
    public string Name => inner.Name;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
        inner.WriteAsync(folder + name, content, contentType, cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        inner.WriteAsync(folder + name, content, contentType, labels, cancellationToken);

    public Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken) =>
        inner.ReplaceAsync(folder + name, content, contentType, etag, cancellationToken);

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(folder + name, cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string name in inner.ListAsync(folder + prefix, cancellationToken))
            yield return name[folder.Length..];
    }

    public IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListLabelledAsync(folder + prefix, cancellationToken).Select(blob => blob with { Name = blob.Name[folder.Length..] });

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(folder + name, cancellationToken);

    public Task DeleteAsync(string name, string etag, CancellationToken cancellationToken) => inner.DeleteAsync(folder + name, etag, cancellationToken);
}
