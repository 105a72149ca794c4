using Courier.Messages;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>
/// What has become of the requests that name a batch: an empty blob each, by which they are counted however often a delivery is repeated.
/// A request without <c>batch</c> costs nothing here.
/// </summary>
public sealed class BatchBook(CourierStorage storage)
{
    private const string Dead = "dead-";
    private const string Done = "done-";
    private const string Waiting = "waiting-";

    public Task WaitsAsync(ApiRequest request, CancellationToken cancellationToken) => NoteAsync(request, Waiting, cancellationToken);

    public Task SettledAsync(ApiRequest request, bool isDead, CancellationToken cancellationToken) => NoteAsync(request, isDead ? Dead : Done, cancellationToken);

    /// <summary>One that was dead and is done counts as done; one that was sent back and is not settled yet, as dead.</summary>
    public async Task<BatchCount> CountAsync(string batch, CancellationToken cancellationToken)
    {
        Dictionary<string, HashSet<string>> ids = new() { [Dead] = [], [Done] = [], [Waiting] = [] };
        string folder = Folder(batch);
        await foreach (string name in storage.State.ListAsync(folder, cancellationToken))
        {
            string note = name[folder.Length..];
            if (ids.Keys.FirstOrDefault(kind => note.StartsWith(kind, StringComparison.Ordinal)) is { } known)
                ids[known].Add(note[known.Length..]);
        }

        ids[Dead].ExceptWith(ids[Done]);
        ids[Waiting].ExceptWith(ids[Done]);
        ids[Waiting].ExceptWith(ids[Dead]);
        return new BatchCount(ids[Done].Count, ids[Dead].Count, ids[Waiting].Count);
    }

    private Task NoteAsync(ApiRequest request, string kind, CancellationToken cancellationToken) => request.Batch is { } batch
        ? storage.State.WriteAsync($"{Folder(batch)}{kind}{request.Id}", ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken)
        : Task.CompletedTask;

    private static string Folder(string batch) => $"batches/{batch}/";
}
