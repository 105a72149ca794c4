using Courier.Messages;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>Turns a queue message into a <see cref="Reading"/>, fetching the blob where the message is only a claim check.</summary>
public sealed class RequestInbox(EnvelopeReader reader, CourierStorage storage)
{
    public async Task<Reading> ReadAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        Reading reading = reader.Read(message);
        if (reading is not Reading.Claimed claim)
            return reading;

        return await storage.RequestBodies.ReadAsync(claim.BlobName, cancellationToken) switch
        {
            { Content.IsEmpty: true } => new Reading.AlreadySettled(claim.Id ?? claim.BlobName),
            { } blob => reader.ReadClaimed(message, claim, blob.Content),
            null => new Reading.Malformed(
                claim.Id ?? RequestIdentity.Make(message),
                $"The request was stored in the blob api-requests/{claim.BlobName}, which no longer exists; post the request again.",
                Json.Text(claim.BlobName),
                claim.Delivery.FirstSeenAt),
        };
    }

    /// <summary>
    /// Marks a claim check's blob as done by emptying it. It is not deleted: a repeated delivery after a crash must be able
    /// to tell "settled already" from "lost".
    /// </summary>
    public Task SettleAsync(Delivery delivery, CancellationToken cancellationToken) => delivery.ClaimCheck is { } blob
        ? storage.RequestBodies.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, "application/json", cancellationToken)
        : Task.CompletedTask;
}
