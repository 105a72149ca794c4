using System.Diagnostics;
using Courier.Api;
using Courier.Messages;
using Courier.Paging;
using Courier.Routing;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>
/// The one place that applies a disposition. It writes the copy, record or result; only after it has returned may the original message
/// be deleted. A crash in between repeats, and never loses.
/// </summary>
public sealed class Settlement(RequestQueue requests, SettledMarks marks, ResultOutbox results, DeadLetterOutbox deadLetters, DeadLetterFile file)
{
    private static readonly TimeSpan s_outOfReach = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Throws when nothing could be written: then the message must come back. After a call that is the last resort, because it would be made
    /// again: what cannot be written as decided is kept as a dead letter, with the answer.
    /// </summary>
    /// <param name="call">Null when nothing was called.</param>
    public async ValueTask<Applied> ApplyAsync(Envelope envelope, Call? call, Disposition disposition, CancellationToken cancellationToken)
    {
        try
        {
            return new Applied(disposition, await WriteAsync(envelope, call, disposition, cancellationToken), null);
        }
        catch (Exception e) when (call is not null && e is not OperationCanceledException)
        {
            Disposition.DeadLetter kept = disposition as Disposition.DeadLetter ?? new Disposition.DeadLetter(DeadLetterReason.AnswerNotKept, e.Message);
            DeadLetterRecord record = DeadLetterFile.Plain(file.Of(envelope, call, kept));
            await deadLetters.SendAsync(record, cancellationToken);
            await marks.SettleAsync(envelope, record, cancellationToken);
            return new Applied(kept, record, e as StorageFailureException);
        }
    }

    private async Task<DeadLetterRecord?> WriteAsync(Envelope envelope, Call? call, Disposition disposition, CancellationToken cancellationToken)
    {
        switch (disposition)
        {
            case Disposition.Complete { Next: var next }:
                if (envelope.Request.Reply && call?.Result.Response is not null)
                    await results.SendAsync(envelope, call, next, cancellationToken);
                DeadLetterRecord? refused = await GoOnAsync(next, cancellationToken);
                await marks.SettleAsync(envelope, null, cancellationToken);
                return refused;

            case Disposition.DeadLetter given:
                DeadLetterRecord record = file.Of(envelope, call, given);
                await deadLetters.SendAsync(record, cancellationToken);
                await marks.SettleAsync(envelope, record, cancellationToken);
                return record;

            case Disposition.Reschedule reschedule:
                await requests.SendAsync(envelope with { Delivery = Next(envelope.Delivery, call, reschedule) }, reschedule.Delay, cancellationToken);
                await marks.WaitsAsync(envelope, cancellationToken);
                return null;

            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The storage does not say what must be known: the message waits, and none of its deliveries is used up.</summary>
    public Task PutBackAsync(Reading.OutOfReach reading, CancellationToken cancellationToken) => requests.PutBackAsync(reading, s_outOfReach, cancellationToken);

    public async Task<DeadLetterRecord> RefuseAsync(Reading.Malformed message, DeadLetterReason reason, CancellationToken cancellationToken)
    {
        DeadLetterRecord record = file.Of(message, reason);
        await deadLetters.SendAsync(record, cancellationToken);
        return record;
    }

    private async Task<DeadLetterRecord?> GoOnAsync(NextPage next, CancellationToken cancellationToken)
    {
        switch (next)
        {
            case NextPage.None:
                return null;

            case NextPage.Follow { Envelope: var page }:
                await requests.SendAsync(page, TimeSpan.Zero, cancellationToken);
                return null;

            case NextPage.Refused page:
                DeadLetterRecord record = file.Of(page);
                await deadLetters.SendAsync(record, cancellationToken);
                return record;

            default:
                throw new UnreachableException();
        }
    }

    private static Delivery Next(Delivery delivery, Call? call, Disposition.Reschedule reschedule)
    {
        bool waitsForQuota = call is null or { Result: CallResult.RateLimited };
        Delivery next = call is null or { Result: CallResult.CircuitOpen } ? delivery : delivery.After(call.Record);
        return next with
        {
            IsUnclaimed = false,
            Attempt = delivery.Attempt + (reschedule.CountsAsAttempt ? 1 : 0),
            Slot = waitsForQuota ? delivery.Slot : null,
            Waited = waitsForQuota && next.FirstCallAt is not null ? delivery.Waited + reschedule.Delay : delivery.Waited,
        };
    }
}
