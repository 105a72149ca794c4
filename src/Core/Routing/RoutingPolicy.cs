using System.Diagnostics;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Paging;
using Courier.Resilience;
using Microsoft.Extensions.Options;

namespace Courier.Routing;

/// <summary>Decides what becomes of a request: the outcome table of README.md, line by line. No clock, store, logger or network.</summary>
/// <param name="jitter">Chance, in [0, 1): spreads waits so that requests do not come back all at once.</param>
public sealed class RoutingPolicy(IOptions<RoutingOptions> options, IOptions<ApiOptions> api, Func<double> jitter)
{
    /// <summary>Waits are stretched by up to this share; never shortened.</summary>
    private const double Spread = 0.1;

    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(1);

    private readonly RoutingOptions _options = options.Value;
    private readonly KeyRedaction _redaction = new(api);

    public Disposition Decide(Envelope envelope, CallResult result, DateTimeOffset now) => result switch
    {
        CallResult.Succeeded { Answer.IsCut: true } => new Disposition.DeadLetter(DeadLetterReason.ResponseTooLarge),
        CallResult.Succeeded success => Complete(NextPage.Of(envelope, success.Answer, api.Value, _redaction, now)),
        CallResult.Unreadable when !envelope.Request.MayRepeat => new Disposition.DeadLetter(DeadLetterReason.AnswerUnreadable),
        CallResult.Unreadable => Retry(envelope, null, now),
        CallResult.RateLimited limited when envelope.Delivery.Refusals > 0 => Refused(envelope, limited.RetryAfter + RetryAfter.Margin, now),
        CallResult.RateLimited limited => Wait(envelope, Pause(limited, envelope.Delivery.RateLimitedInARow), now),
        CallResult.CircuitOpen open => Wait(envelope, open.RetryAfter + RetryAfter.Margin, now),
        CallResult.ServerError error => Retry(envelope, error.RetryAfter + RetryAfter.Margin, now),
        CallResult.Unreachable { Fate: RequestFate.Unknown } when !envelope.Request.MayRepeat => new Disposition.DeadLetter(DeadLetterReason.OutcomeUnknown),
        CallResult.Unreachable => Retry(envelope, null, now),
        CallResult.Unauthorized => new Disposition.DeadLetter(DeadLetterReason.Unauthorized),
        CallResult.Rejected rejected => new Disposition.DeadLetter(Reason(rejected.Answer.Status)),
        _ => throw new UnreachableException(),
    };

    private static DeadLetterReason Reason(int status) => status switch
    {
        >= 300 and <= 399 => DeadLetterReason.Redirected,
        400 => DeadLetterReason.BadRequest,
        403 => DeadLetterReason.Forbidden,
        404 => DeadLetterReason.NotFound,
        _ => DeadLetterReason.Rejected,
    };

    private static Disposition Complete(NextPage next) => next is NextPage.NoPage nothing
        ? new Disposition.DeadLetter(DeadLetterReason.PageUnreadable, nothing.Why)
        : new Disposition.Complete { Next = next };

    /// <summary>"At once" is believed once: whoever is refused again waits longer each time, as where the answer does not say how long.</summary>
    private TimeSpan Pause(CallResult.RateLimited limited, int refusedBefore) => limited.RetryAfter switch
    {
        null => Backoff(refusedBefore),
        { } asked when asked < s_atOnce && refusedBefore > 0 => Backoff(refusedBefore - 1),
        { } asked => asked + RetryAfter.Margin,
    };

    private Disposition Retry(Envelope envelope, TimeSpan? asked, DateTimeOffset now)
    {
        if (envelope.Delivery.Attempt >= _options.MaxAttempts - 1)
            return new Disposition.DeadLetter(DeadLetterReason.AttemptsExhausted);
        TimeSpan backoff = Backoff(envelope.Delivery.Attempt);
        return Reschedule(envelope, asked > backoff ? asked.Value : backoff, countsAsAttempt: true, now);
    }

    /// <summary>A 429 that is not the quota's: the first is waited out as asked, further ones in a row back off.</summary>
    private Disposition Refused(Envelope envelope, TimeSpan? asked, DateTimeOffset now)
    {
        Delivery delivery = envelope.Delivery;
        if (delivery.Refusals >= _options.MaxRefusals || now - delivery.RefusedSince >= _options.MaxAge)
            return new Disposition.DeadLetter(DeadLetterReason.AttemptsExhausted);
        TimeSpan backoff = delivery.Refusals > 1 || asked is null ? Backoff(delivery.Refusals - 1) : TimeSpan.Zero;
        return Wait(envelope, asked > backoff ? asked.Value : backoff, now);
    }

    private Disposition Wait(Envelope envelope, TimeSpan delay, DateTimeOffset now) => Reschedule(envelope, delay, countsAsAttempt: false, now);

    private Disposition Reschedule(Envelope envelope, TimeSpan delay, bool countsAsAttempt, DateTimeOffset now)
    {
        if (envelope.Delivery.FirstCallAt is not null && envelope.Delivery.Age(now) >= _options.MaxAge)
            return new Disposition.DeadLetter(DeadLetterReason.AttemptsExhausted);
        TimeSpan spread = delay * (1 + (Spread * jitter()));
        TimeSpan untilExpiry = envelope.Request.ExpiresAt - now ?? TimeSpan.MaxValue;
        return new Disposition.Reschedule(untilExpiry > TimeSpan.Zero && untilExpiry < spread ? untilExpiry : spread, countsAsAttempt);
    }

    private TimeSpan Backoff(int failures)
    {
        double delay = _options.BaseDelay.Ticks * Math.Pow(2, Math.Min(failures, 40));
        return delay < _options.MaxDelay.Ticks ? TimeSpan.FromTicks((long)delay) : _options.MaxDelay;
    }
}
