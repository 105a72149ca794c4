using System.Diagnostics;
using Courier.Api;
using Courier.Messages;
using Courier.Pacing;
using Courier.Paging;
using Courier.Routing;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>The flow of one request: read → admit → call → decide → apply → tell. One dependency a verb.</summary>
public sealed class RequestProcessor(RequestInbox inbox, IAdmission gate, ApiClient api, RoutingPolicy policy, Settlement settlement, Telemetry telemetry)
{
    /// <summary>
    /// When this returns, the message is settled and may be deleted. An exception means that it must come back: storage failed,
    /// or <paramref name="cancellationToken"/> was cancelled before the call. A call that has begun is seen through:
    /// dropping it half way would make its outcome unknown.
    /// </summary>
    public async Task ProcessAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        switch (await inbox.TakeAsync(message, cancellationToken))
        {
            case Reading.Request { Envelope: var envelope }:
                await HandleAsync(envelope, cancellationToken);
                break;
            case Reading.Malformed malformed:
                DeadLetterRecord record = await settlement.RefuseAsync(malformed, DeadLetterReason.InvalidMessage, CancellationToken.None);
                telemetry.Tell(new Settled(malformed.Id, null, null, 0, null, new Disposition.DeadLetter(DeadLetterReason.InvalidMessage), record));
                break;
            case Reading.AlreadySettled repeated:
                telemetry.TellRepeated(repeated.Id);
                break;
            case Reading.OutOfReach away:
                telemetry.TellStorageFailed(away.Failure);
                await settlement.PutBackAsync(away, CancellationToken.None);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task HandleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        using Activity? activity = Telemetry.Start(envelope);
        envelope = Telemetry.Traced(envelope, activity);

        Admission admission = await gate.AdmitAsync(envelope, cancellationToken);
        envelope = envelope.Holding(admission.Place);
        Call? call = admission is Admission.Granted ? await api.CallAsync(envelope.Request, CancellationToken.None) : null;
        if (call is not null)
            envelope = (await gate.LearnAsync(envelope, call, CancellationToken.None)).Apply(envelope, call);
        Disposition disposition = call is null ? admission.Decide() : policy.Decide(envelope, call.Result, call.EndedAt);
        (disposition, DeadLetterRecord? record, StorageFailureException? failure) = await settlement.ApplyAsync(envelope, call, disposition, CancellationToken.None);

        if ((failure ?? (admission as Admission.Wait)?.Failure) is { } failed)
            telemetry.TellStorageFailed(failed);
        telemetry.Tell(Of(envelope, call, disposition, disposition is Disposition.DeadLetter ? record : null));
        if (disposition is Disposition.Complete { Next: NextPage.Refused { Envelope: var next } })
            telemetry.Tell(Of(next, null, new Disposition.DeadLetter(DeadLetterReason.NextPageRefused), record));
    }

    private static Settled Of(Envelope envelope, Call? call, Disposition disposition, DeadLetterRecord? record) =>
        new(envelope.Request.Id, envelope.Request.Method, envelope.Request.Path, envelope.Delivery.Attempt, call, disposition, record) { FirstSeenAt = envelope.Delivery.FirstSeenAt };
}
