using System.Globalization;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>What a request leaves behind once its outcome stands.</summary>
public sealed class SettledMarks(CourierStorage storage, BatchBook batches)
{
    public Task WaitsAsync(Envelope envelope, CancellationToken cancellationToken) => batches.WaitsAsync(envelope.Request, cancellationToken);

    /// <summary>
    /// Counts the request for its batch, and removes the record of the dead letter that it was. Then marks a page after the first as done, so that
    /// a repeated delivery does not start its next page once more, and a claim check's blob by emptying it. It is not deleted: a repeated delivery
    /// after a crash must be able to tell "settled already" from "lost". These two come last, because with them nothing is repeated any more.
    /// </summary>
    /// <param name="record">The request's own, when it is a dead letter now.</param>
    public async Task SettleAsync(Envelope envelope, DeadLetterRecord? record, CancellationToken cancellationToken)
    {
        await batches.SettledAsync(envelope.Request, record is not null, cancellationToken);
        if (FormerRecord(envelope) is { } former && (record is null || former != DeadLetterSummary.BlobOf(record.Id, record.DeadLetteredAt)))
            await storage.DeadLetterRecords.DeleteAsync(former, cancellationToken);
        if (OfPage(envelope) is { } marker)
            await storage.RequestBodies.WriteAsync(marker, ReadOnlyMemory<byte>.Empty, "application/json", cancellationToken);
        if (envelope.Delivery.ClaimCheck is { } blob)
            await storage.RequestBodies.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, "application/json", cancellationToken);
    }

    /// <summary>
    /// The blob that says that a page after the first is settled. With the time at which the list was begun: a list that is asked for again under the
    /// same id has pages of its own; and with the time at which the page was a dead letter: it is settled once more when it was sent back.
    /// </summary>
    public static string? OfPage(Envelope envelope)
    {
        if (envelope.Delivery.Page is not { } page)
            return null;
        string marker = string.Create(CultureInfo.InvariantCulture, $"pages/{envelope.Request.Id}/{page.Begun.ToUnixTimeMilliseconds()}");
        return envelope.Delivery.DeadLettered is [.., var at] ? string.Create(CultureInfo.InvariantCulture, $"{marker}-{at.ToUnixTimeMilliseconds()}") : marker;
    }

    private static string? FormerRecord(Envelope envelope) =>
        envelope.Delivery.DeadLettered is [.., var at] ? DeadLetterSummary.BlobOf(envelope.Request.Id, at) : null;
}
