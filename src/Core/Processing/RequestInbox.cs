using System.Globalization;
using Courier.Messages;
using Courier.Storage;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>Turns a queue message into a <see cref="Reading"/>, fetching the blob where the message is only a claim check.</summary>
public sealed class RequestInbox(EnvelopeReader reader, CourierStorage storage)
{
    public ValueTask<Reading> ReadAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        Reading reading = reader.Read(message);
        return reading is Reading.Request { Envelope.Delivery.Page: null } ? new(reading) : new(LookUpAsync(message, reading, cancellationToken));
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
    /// </summary>
    public async Task SettleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (Marker(envelope) is { } marker)
            await storage.RequestBodies.WriteAsync(marker, ReadOnlyMemory<byte>.Empty, "application/json", cancellationToken);
        if (envelope.Delivery.ClaimCheck is { } blob)
            await storage.RequestBodies.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, "application/json", cancellationToken);
    }

    private async Task<Reading> FetchAsync(QueuedMessage message, Reading.Claimed claim, CancellationToken cancellationToken) =>
        await storage.RequestBodies.ReadAsync(claim.BlobName, cancellationToken) switch
        {
            { Content.IsEmpty: true } => new Reading.AlreadySettled(claim.Id ?? claim.BlobName),
            { } blob => reader.ReadClaimed(message, claim, blob.Content),
            null => new Reading.Malformed(
                claim.Id ?? RequestIdentity.Make(message),
                $"The request was stored in the blob api-requests/{claim.BlobName}, which no longer exists; post the request again.",
                Json.Text(claim.BlobName),
                claim.Delivery.FirstSeenAt),
        };

    /// <summary>With the time at which the list was begun: a list that is asked for again under the same id has pages of its own.</summary>
    private static string? Marker(Envelope envelope) => envelope.Delivery.Page is { } page
        ? string.Create(CultureInfo.InvariantCulture, $"pages/{envelope.Request.Id}/{page.Begun.ToUnixTimeMilliseconds()}")
        : null;
}
