using System.Globalization;
using Courier.Messages;
using Courier.Storage;
using Courier.Writing;
using Microsoft.Extensions.Logging;

namespace Courier.Processing;

/// <summary>Turns a queue message into a <see cref="Reading"/>, fetching the blob where the message is only a claim check.</summary>
public sealed partial class RequestInbox(EnvelopeReader reader, CourierStorage storage, ILogger<RequestInbox> logger)
{
    public ValueTask<Reading> ReadAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        Reading reading = reader.Read(message);
        return reading is Reading.Request { Envelope.Delivery.Page: null } ? new(reading) : new(TryLookUpAsync(message, reading, cancellationToken));
    }

    private async Task<Reading> TryLookUpAsync(QueuedMessage message, Reading reading, CancellationToken cancellationToken)
    {
        try
        {
            return await LookUpAsync(message, reading, cancellationToken);
        }
        catch (StorageFailureException e)
        {
            return new Reading.OutOfReach(reading is Reading.Claimed claim ? claim with { Id = claim.Id ?? RequestIdentity.Make(message) } : reading, e);
        }
    }

    private async Task<Reading> LookUpAsync(QueuedMessage message, Reading reading, CancellationToken cancellationToken)
    {
        if (reading is Reading.Claimed claim)
            reading = await FetchAsync(message, claim, cancellationToken);
        return reading is Reading.Request { Envelope: var envelope } && Marker(envelope) is { } marker
            && await storage.RequestBodies.ReadAsync(marker, cancellationToken) is not null
            ? new Reading.AlreadySettled(envelope.Request.Id)
            : reading;
    }

    /// <summary>
    /// Marks a page after the first as done, so that a repeated delivery does not start its next page once more, and a claim check's
    /// blob by emptying it. It is not deleted: a repeated delivery after a crash must be able to tell "settled already" from "lost".
    /// What matters is written by then: that one of these fails is only told.
    /// </summary>
    public async Task SettleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        foreach (string blob in new[] { Marker(envelope), envelope.Delivery.ClaimCheck }.OfType<string>())
        {
            try
            {
                await storage.RequestBodies.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, "application/json", cancellationToken);
            }
            catch (StorageFailureException e)
            {
                Log.MarkFailed(logger, envelope.Request.Id, e.Message);
            }
        }
    }

    private async Task<Reading> FetchAsync(QueuedMessage message, Reading.Claimed claim, CancellationToken cancellationToken) =>
        await storage.RequestBodies.ReadAsync(claim.BlobName, cancellationToken) switch
        {
            { Content.IsEmpty: true } => new Reading.AlreadySettled(claim.Id ?? claim.BlobName),
            { } blob when claim.Delivery.ClaimDigest != RequestQueue.Digest(blob.Content) => new Reading.Malformed(
                claim.Id ?? RequestIdentity.Make(message),
                "`delivery.claimCheck` names a blob that another message put there; leave `delivery` out, it is Courier's own.",
                Json.Text(claim.BlobName),
                claim.Delivery.FirstSeenAt),
            { } blob => reader.ReadClaimed(message, claim, blob.Content),
            null => new Reading.Malformed(
                claim.Id ?? RequestIdentity.Make(message),
                $"The request was stored in the blob api-requests/{claim.BlobName}, which no longer exists; post the request again.",
                Json.Text(claim.BlobName),
                claim.Delivery.FirstSeenAt),
        };

    /// <summary>With the time at which the list was begun, and what tells it from another of that moment: a list that is asked for again under the same id has pages of its own.</summary>
    private static string? Marker(Envelope envelope) => envelope.Delivery.Page is { } page
        ? string.Create(CultureInfo.InvariantCulture, $"pages/{envelope.Request.Id}/{page.Begun.ToUnixTimeMilliseconds()}{(envelope.Delivery.List is { } list ? "-" + list : "")}")
        : null;

    private static partial class Log
    {
        [LoggerMessage(16, LogLevel.Warning, "request.mark-failed {Id} is settled, and could not be marked so: {Problem} Should it be delivered once more, it is called again", EventName = "request.mark-failed")]
        public static partial void MarkFailed(ILogger logger, string id, string problem);
    }
}
