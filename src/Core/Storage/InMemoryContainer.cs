using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Courier.Storage;

/// <summary>A blob container in this process's memory.</summary>
public sealed class InMemoryContainer(string name) : IBlobContainer
{
    private static readonly Dictionary<string, string> s_noLabels = [];

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _labels = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredBlob> _blobs = new(StringComparer.Ordinal);
    private long _versions;

    public string Name => name;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
        WriteAsync(name, content, contentType, s_noLabels, cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        _labels[name] = labels;
        _blobs[name] = Version(content, contentType);
        return Task.CompletedTask;
    }

    public Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
    {
        StoredBlob next = Version(content, contentType);
        bool replaced = etag is null
            ? _blobs.TryAdd(name, next)
            : _blobs.TryGetValue(name, out StoredBlob? present) && present.ETag == etag && _blobs.TryUpdate(name, next, present);
        return Task.FromResult(replaced ? next.ETag : null);
    }

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_blobs.GetValueOrDefault(name));

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string key in _blobs.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            yield return key;
        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string key in ListAsync(prefix, cancellationToken))
            yield return new ListedBlob(key) { Labels = _labels.GetValueOrDefault(key) ?? s_noLabels };
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _blobs.TryRemove(name, out _);
        _labels.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    private StoredBlob Version(ReadOnlyMemory<byte> content, string contentType) =>
        new(content.ToArray(), StorableType.Of(contentType), Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture));
}
