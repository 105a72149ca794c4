using Courier.Api;
using Courier.Messages;
using Microsoft.Extensions.Logging;

namespace Courier.Pacing;

/// <summary>Key on hold? Quota? In that order.</summary>
public sealed partial class Gate(CredentialHold hold, Turnstile quota, RefusalCheck refusals, TimeProvider time, ILogger<Gate> logger) : IAdmission
{
    public async ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (await hold.HeldSinceAsync(cancellationToken) is { } since)
            return new Admission.Wait(HoldDelay.Of(time.GetUtcNow() - since), envelope.Delivery.Slot);
        return await quota.AdmitAsync(envelope, cancellationToken);
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

    private static partial class Log
    {
        [LoggerMessage(EventId = 23, Level = LogLevel.Error, Message = "gate.learn-failed What an answer says about quota or key could not be shared with the other instances", EventName = "gate.learn-failed")]
        public static partial void LearnFailed(ILogger logger, Exception exception);
    }
}
