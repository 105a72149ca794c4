using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Courier.Storage;

/// <summary>A small document that all instances share: one blob, changed by compare-and-swap. A blob that cannot be read counts as none.</summary>
public sealed class SharedState<T>(IBlobContainer container, string blob, JsonTypeInfo<T> format, TimeProvider time, Func<double> jitter)
    where T : class
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(3);

    private volatile View? _view;

    /// <summary>There was a document before, or one that cannot be read: whoever finds none now has lost it.</summary>
    public bool WasThere { get; private set; }

    /// <summary>The document, read again when what is known is older than <paramref name="maximumAge"/>.</summary>
    public async ValueTask<T?> ReadAsync(TimeSpan maximumAge, CancellationToken cancellationToken) =>
        _view is { } view && time.GetElapsedTime(view.ReadAt) <= maximumAge ? view.Value : (await LoadAsync(cancellationToken)).Value;

    /// <summary>Changes the document. <paramref name="change"/> is called again when another instance was faster.</summary>
    /// <param name="knownIsLikely">Tries with what is known first: one operation instead of two, when nobody else writes.</param>
    public async Task<TResult> UpdateAsync<TResult>(Func<T?, (T Next, TResult Result)> change, bool knownIsLikely, CancellationToken cancellationToken)
    {
        View view = knownIsLikely && _view is { } known ? known : await LoadAsync(cancellationToken);
        for (TimeSpan pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            (T next, TResult result) = change(view.Value);
            ReadOnlyMemory<byte> content = JsonSerializer.SerializeToUtf8Bytes(next, format);
            long writtenAt = time.GetTimestamp();
            if (await container.ReplaceAsync(blob, content, "application/json", view.ETag, cancellationToken) is { } etag)
            {
                _view = new View(next, etag, writtenAt);
                WasThere = true;
                return result;
            }

            await Task.Delay(pause * jitter(), time, cancellationToken);
            view = await LoadAsync(cancellationToken);
        }
    }

    private async Task<View> LoadAsync(CancellationToken cancellationToken)
    {
        long readAt = time.GetTimestamp();
        StoredBlob? stored = await container.ReadAsync(blob, cancellationToken);
        View view = new(stored is null ? null : Parse(stored.Content), stored?.ETag, readAt);
        WasThere |= stored is not null;
        _view = view;
        return view;
    }

    private T? Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content.Span, format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record View(T? Value, string? ETag, long ReadAt);
}
