using System.Runtime.CompilerServices;
using System.Text.Json;
using Courier.Messages;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Operations.Accounting;

/// <summary>Looks for what requests have left behind: on the queues as far as they show it, and in every container. It takes nothing and writes nothing.</summary>
public sealed class TraceReader(CourierStorage storage, BatchBook batches, EnvelopeReader reader)
{
    /// <summary>Blobs that are read at a time.</summary>
    private const int AtOnce = 16;

    /// <summary>As many as a queue shows.</summary>
    private const int Shown = 32;

    /// <summary>The queues are looked at first: what leaves them meanwhile is found further on.</summary>
    public async Task<Traces> ReadAsync(CancellationToken cancellationToken)
    {
        List<Trace> found = [];
        int unseenRequests = await LookAsync(storage.Requests, Waiting, found, cancellationToken) + await LookAsync(storage.Poison, Waiting, found, cancellationToken);
        int unseenResults = await LookAsync(storage.Results, Results, found, cancellationToken);
        foreach (IAsyncEnumerable<Trace> traces in new[]
        {
            StoredAsync(cancellationToken), BodiesAsync(cancellationToken), RecordsAsync(cancellationToken), BatchesAsync(cancellationToken),
        })
        {
            await foreach (Trace trace in traces)
                found.Add(trace);
        }

        return new Traces(found, unseenRequests, unseenResults);
    }

    /// <returns>How many messages the queue does not show.</returns>
    private static async Task<int> LookAsync(IMessageQueue queue, Func<QueuedMessage, IEnumerable<Trace>> read, List<Trace> found, CancellationToken cancellationToken)
    {
        int count = await queue.CountAsync(cancellationToken);
        IReadOnlyList<QueuedMessage> shown = await queue.PeekAsync(Shown, cancellationToken);
        found.AddRange(shown.SelectMany(read));
        return Math.Max(0, count - shown.Count);
    }

    private IEnumerable<Trace> Waiting(QueuedMessage message) => [new Trace(IdOf(message), TraceKind.Waiting, message.InsertedOn)];

    private static IEnumerable<Trace> Results(QueuedMessage message)
    {
        if (Result(message) is not { } result)
            yield break;
        yield return new Trace(result.Id, TraceKind.Done, message.InsertedOn);
        if (result.Page?.Next is { } next)
            yield return new Trace(next, TraceKind.Known, message.InsertedOn);
    }

    /// <summary>Marks of pages and of dead letters that were sent back, and requests that outgrew a message.</summary>
    private IAsyncEnumerable<Trace> StoredAsync(CancellationToken cancellationToken) =>
        storage.RequestBodies.ListLabelledAsync("", cancellationToken).SelectAsync(blob => StoredAsync(blob, cancellationToken), AtOnce, cancellationToken).Where(trace => trace is not null).Select(trace => trace!);

    private async Task<Trace?> StoredAsync(ListedBlob blob, CancellationToken cancellationToken)
    {
        if (SettledMarks.IdOfPage(blob.Name) is { } page)
            return new Trace(page, TraceKind.Settled, blob.WrittenAt);
        if (RedriveMarks.IdOf(blob.Name) is { } redriven)
            return new Trace(redriven, TraceKind.Known, blob.WrittenAt);
        return await storage.RequestBodies.ReadAsync(blob.Name, cancellationToken) is { Content.IsEmpty: false } request && EnvelopeReader.IdOf(request.Content) is { } id
            ? new Trace(id, TraceKind.Known, blob.WrittenAt)
            : null; // settled, or its id is in the message alone
    }

    private IAsyncEnumerable<Trace> BodiesAsync(CancellationToken cancellationToken) =>
        storage.ResultBodies.ListLabelledAsync("", cancellationToken).Select(blob => new Trace(ResultOutbox.IdOf(blob.Name), TraceKind.Done, blob.WrittenAt));

    private async IAsyncEnumerable<Trace> RecordsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ListedBlob blob in storage.DeadLetterRecords.ListLabelledAsync("", cancellationToken))
        {
            if (DeadLetterSummary.IdOf(blob.Name) is { } id)
                yield return new Trace(id, TraceKind.Dead, DeadLetterSummary.Of(blob)?.At ?? blob.WrittenAt);
        }
    }

    private IAsyncEnumerable<Trace> BatchesAsync(CancellationToken cancellationToken) =>
        batches.NotesAsync(null, cancellationToken).Select(note => new Trace(note.Id, Kind(note.State), note.At));

    private static TraceKind Kind(BatchState state) => state switch
    {
        BatchState.Done => TraceKind.Done,
        BatchState.Dead => TraceKind.Dead,
        _ => TraceKind.Known,
    };

    private string IdOf(QueuedMessage message) => reader.Read(message) switch
    {
        Reading.Request request => request.Envelope.Request.Id,
        Reading.Claimed { Id: { } id } => id,
        Reading.Malformed malformed => malformed.Id,
        _ => RequestIdentity.Make(message),
    };

    private static CompletedCall? Result(QueuedMessage message)
    {
        try
        {
            return JsonSerializer.Deserialize(message.Body.Span, MessageJson.Format.CompletedCall);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
