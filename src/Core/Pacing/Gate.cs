using Courier.Api;
using Courier.Messages;
using Courier.Storage;
using Microsoft.Extensions.Logging;

namespace Courier.Pacing;

/// <summary>Expired? Key on hold? Quota? In that order.</summary>
public sealed partial class Gate(CredentialHold hold, Turnstile quota, RefusalCheck refusals, TimeProvider time, ILogger<Gate> logger) : IAdmission
{
    private static readonly TimeSpan s_shortestHold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_outOfReach = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestHold = TimeSpan.FromMinutes(15);

    public async ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = time.GetUtcNow();
        if (envelope.Request.ExpiresAt <= now)
            return new Admission.Expired();
        try
        {
            if (await hold.HeldSinceAsync(cancellationToken) is { } since)
                return new Admission.Wait(Between((now - since) / 2, s_shortestHold, s_longestHold), envelope.Delivery.Slot);
            return await quota.AdmitAsync(envelope, cancellationToken);
        }
        catch (StorageFailureException e)
        {
            return new Admission.Wait(s_outOfReach, envelope.Delivery.Slot, e); // a delivery is not used up by what is no fault of the message
        }
    }

    public async ValueTask<Lesson> LearnAsync(Envelope envelope, Call call, CancellationToken cancellationToken)
    {
        try
        {
            if (call.Result is CallResult.RateLimited)
                return await refusals.CheckAsync(envelope, call, cancellationToken);
            await refusals.PassAsync(call, cancellationToken);
            if (call.Result is CallResult.Unauthorized)
                await hold.CheckAsync(call.RequestId, cancellationToken);
            else if (call.Result is CallResult.Succeeded)
                hold.Trust();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LearnFailed(logger, e); // the request itself is still settled; the next refusal is another chance
        }

        return call.Result is CallResult.RateLimited ? Lesson.RefusedAlone.One : Lesson.Called.One;
    }

    private static TimeSpan Between(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;

    private static partial class Log
    {
        [LoggerMessage(EventId = 23, Level = LogLevel.Error, Message = "gate.learn-failed What an answer says about quota or key could not be shared with the other instances", EventName = "gate.learn-failed")]
        public static partial void LearnFailed(ILogger logger, Exception exception);
    }
}
