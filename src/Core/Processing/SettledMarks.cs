using System.Globalization;
using Courier.Messages;
using Courier.Storage;
using Microsoft.Extensions.Logging;

namespace Courier.Processing;

/// <summary>What a request leaves behind once its outcome stands.</summary>
public sealed partial class SettledMarks(CourierStorage storage, BatchBook batches, ILogger<SettledMarks> logger)
{
    private const string Pages = "pages";

    public Task WaitsAsync(Envelope envelope, CancellationToken cancellationToken) =>
        envelope.Request.Batch is null ? Task.CompletedTask : LeaveWaitingAsync(envelope, cancellationToken);

    /// <summary>
    /// Counts the request for its batch, and removes the record of the dead letter that it was. Then marks a page after the first as done, so that
    /// a repeated delivery does not start its next page once more, and a claim check's blob by emptying it. It is not deleted: a repeated delivery
    /// after a crash must be able to tell "settled already" from "lost". These two come last, because with them nothing is repeated any more.
    /// What matters is written before: that one of these fails is only told.
    /// </summary>
    /// <param name="record">The request's own, when it is a dead letter now.</param>
    public Task SettleAsync(Envelope envelope, DeadLetterRecord? record, CancellationToken cancellationToken) =>
        envelope is { Request.Batch: null, Delivery: { DeadLettered.Count: 0, Page: null, ClaimCheck: null } } ? Task.CompletedTask : LeaveAsync(envelope, record, cancellationToken);

    /// <summary>
    /// The blob that says that a page after the first is settled. With the time at which the list was begun, and what tells it from another of that second: a
    /// list that is asked for again under the same id has pages of its own; and with the time at which the page was a dead letter: it is settled once more when it was sent back.
    /// </summary>
    public static string? OfPage(Envelope envelope)
    {
        if (envelope.Delivery.Page is not { } page)
            return null;
        string marker = string.Create(CultureInfo.InvariantCulture, $"{Pages}/{envelope.Request.Id}/{page.Begun.ToUnixTimeMilliseconds()}{(envelope.Delivery.List is { } list ? "-" + list : "")}");
        return envelope.Delivery.DeadLettered is [.., var at] ? string.Create(CultureInfo.InvariantCulture, $"{marker}-{at.ToUnixTimeMilliseconds()}") : marker;
    }

    /// <summary>The id in the name of such a blob; null for a name of another form.</summary>
    public static string? IdOfPage(string blob) => blob.Split('/') is [Pages, var id, ..] ? id : null;

    private Task LeaveWaitingAsync(Envelope envelope, CancellationToken cancellationToken) => TryAsync(envelope, envelope => batches.WaitsAsync(envelope.Request, cancellationToken));

    private async Task LeaveAsync(Envelope envelope, DeadLetterRecord? record, CancellationToken cancellationToken)
    {
        await TryAsync(envelope, envelope => batches.SettledAsync(envelope.Request, record is not null, cancellationToken));
        if (FormerRecord(envelope) is { } former && (record is null || former != DeadLetterSummary.BlobOf(record.Id, record.DeadLetteredAt)))
            await TryAsync(envelope, _ => storage.DeadLetterRecords.DeleteAsync(former, cancellationToken));
        foreach (string blob in new[] { OfPage(envelope), envelope.Delivery.ClaimCheck }.OfType<string>())
            await TryAsync(envelope, _ => storage.RequestBodies.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, "application/json", cancellationToken));
    }

    private async Task TryAsync(Envelope envelope, Func<Envelope, Task> leave)
    {
        try
        {
            await leave(envelope);
        }
        catch (StorageFailureException e)
        {
            Log.MarkFailed(logger, envelope.Request.Id, e.Message);
        }
    }

    private static string? FormerRecord(Envelope envelope) =>
        envelope.Delivery.DeadLettered is [.., var at] ? DeadLetterSummary.BlobOf(envelope.Request.Id, at) : null;

    private static partial class Log
    {
        [LoggerMessage(16, LogLevel.Warning, "request.mark-failed {Id} is settled, and could not be marked so: {Problem} Should it be delivered once more, it is called again", EventName = "request.mark-failed")]
        public static partial void MarkFailed(ILogger logger, string id, string problem);
    }
}
