using Courier.Messages;
using Courier.Routing;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>Dead-letters what the host gave up: the messages of the poison queue, which carry the request but no reason.</summary>
public sealed class PoisonCapture(RequestInbox inbox, Settlement settlement, CourierStorage storage, Telemetry telemetry)
{
    /// <summary>host.json's <c>maxDequeueCount</c>: after so many failures the host would never deliver the message again.</summary>
    public const int LastDelivery = 5;

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(5);

    public async Task CaptureAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await DeadLetterAsync(message, cancellationToken);
        }
        catch (Exception) when (message.DequeueCount >= LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            await storage.Poison.SendAsync(message.Body, s_pause, cancellationToken);
        }
    }

    private async Task DeadLetterAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        Disposition crashed = new Disposition.DeadLetter(DeadLetterReason.Crashed);
        switch (await inbox.ReadAsync(message, cancellationToken))
        {
            case Reading.Request { Envelope: var envelope }:
                DeadLetterRecord? record = await settlement.ApplyAsync(envelope, null, crashed, CancellationToken.None);
                telemetry.Tell(new Settled(envelope.Request.Id, envelope.Request.Method, envelope.Request.Path, envelope.Delivery.Attempt, null, crashed, record));
                break;
            case Reading.Malformed malformed:
                telemetry.Tell(new Settled(malformed.Id, null, null, 0, null, crashed, await settlement.RefuseAsync(malformed, DeadLetterReason.Crashed, CancellationToken.None)));
                break;
            case Reading.AlreadySettled repeated:
                telemetry.TellRepeated(repeated.Id);
                break;
        }
    }
}
