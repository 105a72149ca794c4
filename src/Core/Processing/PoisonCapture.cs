using Courier.Messages;
using Courier.Routing;
using Courier.Storage;
using Microsoft.Extensions.Logging;

namespace Courier.Processing;

/// <summary>
/// Dead-letters what the host gave up: the messages of the poison queue, which carry the request but no reason. On a queue of that name the host
/// neither counts failures nor gives a message back early: it stays hidden for ten minutes, and is delivered for ever, until it expires.
/// The host's copy does, after seven days; so a capture that fails puts a copy of its own back at once, which never expires.
/// </summary>
public sealed partial class PoisonCapture(RequestInbox inbox, Settlement settlement, CourierStorage storage, Telemetry telemetry, ILogger<PoisonCapture> logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(5);

    /// <summary>Throws only when the host stops, or when not even the copy can be written: then the message itself comes back.</summary>
    public async Task CaptureAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await DeadLetterAsync(message, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await storage.Poison.SendAsync(message.Body, s_pause, cancellationToken);
            Log.Postponed(logger, e, message.Id, s_pause);
        }
    }

    private async Task DeadLetterAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        Disposition crashed = new Disposition.DeadLetter(DeadLetterReason.Crashed);
        switch (await inbox.ReadAsync(message, cancellationToken))
        {
            case Reading.Request { Envelope: var envelope }:
                (_, DeadLetterRecord? record, _) = await settlement.ApplyAsync(envelope, null, crashed, CancellationToken.None);
                telemetry.Tell(new Settled(envelope.Request.Id, envelope.Request.Method, envelope.Request.Path, envelope.Delivery.Attempt, null, crashed, record));
                break;
            case Reading.Malformed malformed:
                telemetry.Tell(new Settled(malformed.Id, null, null, 0, null, crashed, await settlement.RefuseAsync(malformed, DeadLetterReason.Crashed, CancellationToken.None)));
                break;
            case Reading.AlreadySettled repeated:
                telemetry.TellRepeated(repeated.Id);
                break;
            case Reading.OutOfReach away:
                throw away.Failure;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(14, LogLevel.Error, "poison.postponed {MessageId}: it could not be made a dead letter; a copy is tried again in {Pause}", EventName = "poison.postponed")]
        public static partial void Postponed(ILogger logger, Exception exception, string messageId, TimeSpan pause);
    }
}
