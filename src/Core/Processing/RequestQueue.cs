using System.Diagnostics;
using System.Text.Json;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>Puts requests on the queue. One that outgrows a message goes to a blob, and the message carries a claim check for it.</summary>
public sealed class RequestQueue(CourierStorage storage, Persistence persistence)
{
    public async Task SendAsync(Envelope envelope, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> message = envelope.Delivery.ClaimCheck is null
            ? EnvelopeWriter.Write(envelope)
            : EnvelopeWriter.WriteClaim(envelope.Request.Id, envelope.Delivery);
        if (message.Length > MessageSize.Inline)
        {
            string blob = await StoreAsync(EnvelopeWriter.Write(envelope.Request), cancellationToken);
            message = EnvelopeWriter.WriteClaim(envelope.Request.Id, envelope.Delivery with { ClaimCheck = blob });
        }

        await persistence.RunAsync(() => storage.Requests.SendAsync(message, visibleAfter, cancellationToken));
    }

    /// <summary>A copy of what cannot be read whole now, for a while later. It has the id of the message that it replaces.</summary>
    public Task PutBackAsync(Reading.OutOfReach reading, TimeSpan visibleAfter, CancellationToken cancellationToken) => reading.What switch
    {
        Reading.Request { Envelope: var envelope } => SendAsync(envelope, visibleAfter, cancellationToken),
        Reading.Claimed { Id: var id, Delivery: var delivery } => storage.Requests.SendAsync(EnvelopeWriter.WriteClaim(id, delivery), visibleAfter, cancellationToken),
        _ => throw new UnreachableException(),
    };

    /// <summary>Posts a sender's own text, unread: whether it is a request is found out where every message is read.</summary>
    public async Task PostAsync(ReadOnlyMemory<byte> text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (text.Length > MessageSize.Inline)
            text = EnvelopeWriter.WriteClaim(null, new Delivery { FirstSeenAt = now, ClaimCheck = await StoreAsync(text, cancellationToken) });
        await storage.Requests.SendAsync(text, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Posts a sender's own text, unread, with the delivery state that it is to have.</summary>
    /// <param name="request">A JSON object.</param>
    public async Task PostAsync(string id, JsonElement request, Delivery delivery, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> message = EnvelopeWriter.Write(request, delivery);
        if (message.Length > MessageSize.Inline)
            message = EnvelopeWriter.WriteClaim(id, delivery with { ClaimCheck = await StoreAsync(EnvelopeWriter.Write(request), cancellationToken) });
        await storage.Requests.SendAsync(message, TimeSpan.Zero, cancellationToken);
    }

    private async Task<string> StoreAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        string blob = $"{Guid.CreateVersion7()}.json";
        await persistence.RunAsync(() => storage.RequestBodies.WriteAsync(blob, request, "application/json", cancellationToken));
        return blob;
    }
}
