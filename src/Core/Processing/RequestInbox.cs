using Courier.Messages;
using Courier.Storage;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>Turns a queue message into a <see cref="Reading"/>, fetching the blob where the message is only a claim check.</summary>
public sealed class RequestInbox(EnvelopeReader reader, RedriveMarks redrives, CourierStorage storage)
{
    /// <summary>Reads a message to process it: of several copies of a dead letter that was sent back, all but one are done with.</summary>
    public ValueTask<Reading> TakeAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        ValueTask<Reading> reading = ReadAsync(message, cancellationToken);
        return reading is { IsCompletedSuccessfully: true, Result: Reading.Request { Envelope.Delivery.IsUnclaimed: false } } ? reading : ClaimAsync(message, reading, cancellationToken);
    }

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

    /// <summary>A claim whose answer was lost may be written all the same: the copy that waits in the message's place makes it in that one's name.</summary>
    private async ValueTask<Reading> ClaimAsync(QueuedMessage message, ValueTask<Reading> reading, CancellationToken cancellationToken)
    {
        Reading read = await reading;
        if (read is not Reading.Request { Envelope: { Delivery: { IsUnclaimed: true } delivery } envelope })
            return read;
        try
        {
            return await redrives.ClaimAsync(envelope, message, cancellationToken) ? read : new Reading.AlreadySettled(envelope.Request.Id);
        }
        catch (StorageFailureException e)
        {
            return new Reading.OutOfReach(new Reading.Request(envelope with { Delivery = delivery with { Claimant = delivery.Claimant ?? message.Id } }), e);
        }
    }

    private async Task<Reading> LookUpAsync(QueuedMessage message, Reading reading, CancellationToken cancellationToken)
    {
        if (reading is Reading.Claimed claim)
            reading = await FetchAsync(message, claim, cancellationToken);
        return reading is Reading.Request { Envelope: var envelope } && SettledMarks.OfPage(envelope) is { } marker
            && await storage.RequestBodies.ReadAsync(marker, cancellationToken) is not null
            ? new Reading.AlreadySettled(envelope.Request.Id)
            : reading;
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
}
