using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Courier.Measures;

namespace Courier.Storage;

/// <summary>A small document that all instances share: one blob, changed by compare-and-swap. A blob that cannot be read, or means nothing (<see cref="ISharedDocument"/>), counts as none.</summary>
public sealed class SharedState<T>(IBlobContainer container, string blob, JsonTypeInfo<T> format, TimeProvider time, Func<double> jitter)
    where T : class
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(3);

    private volatile View? _view;
    private string? _setAside;
    private Task _reading = Task.CompletedTask;

    /// <summary>The longest pause after another instance was faster, by what is known; three seconds where it is not set.</summary>
    public Func<T?, TimeSpan>? LongestPause { get; init; }

    /// <summary>Told once of each document that means nothing: its name, what it holds, and why.</summary>
    public Func<string, ReadOnlyMemory<byte>, string, CancellationToken, Task>? SetAside { get; init; }

    /// <summary>The document as it was last read or written here.</summary>
    public T? Known => _view?.Value;

    /// <summary>There was a document before, or one that cannot be read: whoever finds none now has lost it.</summary>
    public bool WasThere { get; private set; }

    /// <summary>Nobody else had written when it was last looked, since the look before.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>How far this machine's clock is ahead of the storage's, as the last reading showed; within a second, which is all that the storage tells.</summary>
    public TimeSpan Skew { get; private set; }

    /// <summary>The document, read again when what is known is older than <paramref name="maximumAge"/>. Many who ask at once share one reading.</summary>
    public async ValueTask<T?> ReadAsync(TimeSpan maximumAge, CancellationToken cancellationToken)
    {
        if (Fresh(maximumAge) is { } known)
            return known.Value;
        TaskCompletionSource read = new();
        Task before = Interlocked.Exchange(ref _reading, read.Task);
        try
        {
            await before;
            return (Fresh(maximumAge) ?? await LoadAsync(cancellationToken)).Value;
        }
        finally
        {
            read.SetResult();
        }
    }

    /// <summary>
    /// Changes the document. <paramref name="change"/> is called again when another instance was faster; when it returns
    /// what it was given, nothing is written.
    /// </summary>
    /// <param name="knownIsLikely">Tries with what is known first: one operation instead of two, when nobody else writes.</param>
    public async Task<TResult> UpdateAsync<TResult>(Func<T?, (T Next, TResult Result)> change, bool knownIsLikely, CancellationToken cancellationToken)
    {
        View view = knownIsLikely && _view is { } known ? known : await LoadAsync(cancellationToken);
        for (TimeSpan pause = s_firstPause; ; pause *= 2)
        {
            (T next, TResult result) = change(view.Value);
            if (ReferenceEquals(next, view.Value))
                return result;
            ReadOnlyMemory<byte> content = JsonSerializer.SerializeToUtf8Bytes(next, format);
            long writtenAt = time.GetTimestamp();
            if (await container.ReplaceAsync(blob, content, "application/json", view.ETag, cancellationToken) is { } etag)
            {
                _view = new View(next, etag, writtenAt);
                WasThere = true;
                return result;
            }

            IsAlone = false;
            Instruments.StateConflicts.Add(1, new KeyValuePair<string, object?>("courier.state", blob));
            TimeSpan longest = LongestPause?.Invoke(view.Value) ?? s_longestPause;
            pause = pause < longest ? pause : longest;
            await Task.Delay(pause * jitter(), time, cancellationToken);
            view = await LoadAsync(cancellationToken);
        }
    }

    private View? Fresh(TimeSpan maximumAge) => _view is { } view && time.GetElapsedTime(view.ReadAt) <= maximumAge ? view : null;

    private async Task<View> LoadAsync(CancellationToken cancellationToken)
    {
        long readAt = time.GetTimestamp();
        StoredBlob? stored = await container.ReadAsync(blob, cancellationToken);
        string? problem = null;
        View view = new(stored is null ? null : Parse(stored, out problem), stored?.ETag, readAt);
        if (problem is not null && _setAside != stored!.ETag && SetAside is not null)
        {
            await SetAside(blob, stored.Content, problem, cancellationToken);
            _setAside = stored.ETag;
        }

        WasThere |= stored is not null;
        IsAlone = _view is { } before && before.ETag == view.ETag;
        if (stored?.ServedAt is { } servedAt)
            Skew = time.GetUtcNow() - servedAt;
        _view = view;
        return view;
    }

    private T? Parse(StoredBlob stored, out string? problem)
    {
        try
        {
            T? value = JsonSerializer.Deserialize(stored.Content.Span, format);
            problem = value is null ? "it is empty." : value is ISharedDocument document ? Problem(document, stored.ServedAt ?? time.GetUtcNow()) : null;
            return problem is null ? value : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // half of a surrogate pair
        {
            problem = "it is no such document.";
            return null;
        }
    }

    private static string? Problem(ISharedDocument document, DateTimeOffset now) => document.Version is < 0 or > ISharedDocument.CurrentVersion
        ? $"it has the form of version {document.Version}, and this Courier knows {ISharedDocument.CurrentVersion}."
        : document.Problem(now);

    private sealed record View(T? Value, string? ETag, long ReadAt);
}
