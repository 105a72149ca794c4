using System.Runtime.CompilerServices;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>
/// What has become of the requests that name a batch: an empty blob each, by which they are counted however often a delivery is repeated.
/// A request without <c>batch</c> costs nothing here.
/// </summary>
public sealed class BatchBook(CourierStorage storage)
{
    private const string Root = "batches/";

    private static readonly (string Word, BatchState State)[] s_words = [("dead-", BatchState.Dead), ("done-", BatchState.Done), ("waiting-", BatchState.Waiting)];

    public Task WaitsAsync(ApiRequest request, CancellationToken cancellationToken) => NoteAsync(request, BatchState.Waiting, cancellationToken);

    public Task SettledAsync(ApiRequest request, bool isDead, CancellationToken cancellationToken) => NoteAsync(request, isDead ? BatchState.Dead : BatchState.Done, cancellationToken);

    /// <summary>One that was dead and is done counts as done; one that was sent back and is not settled yet, as dead.</summary>
    public async Task<BatchCount> CountAsync(string batch, CancellationToken cancellationToken)
    {
        Dictionary<string, BatchState> ids = [];
        await foreach (BatchNote note in NotesAsync(batch, cancellationToken))
            ids[note.Id] = ids.TryGetValue(note.Id, out BatchState known) && known > note.State ? known : note.State;
        return new BatchCount(ids.Values.Count(state => state == BatchState.Done), ids.Values.Count(state => state == BatchState.Dead), ids.Values.Count(state => state == BatchState.Waiting));
    }

    /// <param name="batch">Null: of all batches.</param>
    public async IAsyncEnumerable<BatchNote> NotesAsync(string? batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ListedBlob blob in storage.State.ListLabelledAsync(batch is null ? Root : Folder(batch), cancellationToken))
        {
            string note = blob.Name[(blob.Name.LastIndexOf('/') + 1)..];
            (string? word, BatchState state) = s_words.FirstOrDefault(each => note.StartsWith(each.Word, StringComparison.Ordinal));
            if (word is not null)
                yield return new BatchNote(note[word.Length..], state, blob.WrittenAt);
        }
    }

    private Task NoteAsync(ApiRequest request, BatchState state, CancellationToken cancellationToken) => request.Batch is { } batch
        ? storage.State.WriteAsync($"{Folder(batch)}{s_words.First(each => each.State == state).Word}{request.Id}", ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken)
        : Task.CompletedTask;

    private static string Folder(string batch) => $"{Root}{batch}/";
}
