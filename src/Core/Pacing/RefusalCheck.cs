using Courier.Api;
using Courier.Measures;
using Courier.Messages;
using Courier.Quota;
using Courier.Resilience;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>
/// Checks the claim that a 429 makes. It closes the gate for everybody only when it is the quota's; else one resource with a limit of its own
/// would stop all others. While a claim is being checked this instance calls nothing else.
/// </summary>
public sealed class RefusalCheck(QuotaLedger ledger, ApiProbe probe, IOptions<QuotaOptions> quota, TimeProvider time)
{
    /// <summary>Another instance may have found out already.</summary>
    private static readonly TimeSpan s_freshness = TimeSpan.FromMilliseconds(200);

    /// <summary>When the answer does not say how long to wait.</summary>
    private static readonly TimeSpan s_unknownWait = TimeSpan.FromSeconds(30);

    private readonly Turns _turns = new();
    private Refusals _refusals = Refusals.None;
    private DateTimeOffset _unansweredAt = DateTimeOffset.MinValue;

    public bool IsChecking => _turns.IsTaken;

    /// <summary>A request was not refused; its answer may say how many calls are left.</summary>
    public ValueTask PassAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Result.Response is null)
            return ValueTask.CompletedTask;
        _refusals = _refusals.AndAnother();
        return Left(call) is { } left ? ledger.SeeAsync(left, cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>One claim after the other.</summary>
    public Task<Lesson> CheckAsync(Envelope envelope, Call call, CancellationToken cancellationToken) => _turns.RunAsync(
        async () => await IsQuotaAsync(envelope, call, cancellationToken) ? await CloseAsync(envelope.Request, call, cancellationToken) : Lesson.RefusedAlone.One,
        cancellationToken);

    private async Task<bool> IsQuotaAsync(Envelope envelope, Call call, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        _refusals = _refusals.And(envelope.Request.Id, envelope.Request.Path, now);
        LedgerState state = await ledger.ReadAsync(s_freshness, cancellationToken);
        if (call.At < state.ClosedUntil && now < state.ClosedUntil)
            return true; // under way when the gate closed
        Claim claim = _refusals.Judge(Left(call), state.At(now, quota.Value).UsedShare(now, quota.Value), envelope.Delivery.RateLimitedInARow > 0, now);
        if (claim == Claim.Either && now - _unansweredAt <= Refusals.Memory)
            return false; // whoever waited for its turn behind a probe that hung must not wait as long once more: the host ends a function after five minutes
        return claim == Claim.Either ? await IsProbeRefusedAsync(cancellationToken) : claim == Claim.Quota;
    }

    private int? Left(Call call) => quota.Value.UseHeaders && call.Result.Response is { } answer ? RateLimitHeaders.Left(answer, quota.Value) : null;

    private async Task<bool> IsProbeRefusedAsync(CancellationToken cancellationToken)
    {
        Call answer = await probe.CallAsync(cancellationToken);
        if (answer.Result is CallResult.RateLimited)
            return true;
        if (answer.Result is not (CallResult.CircuitOpen or CallResult.Unreachable))
            _refusals = _refusals with { ProbedAt = time.GetUtcNow() };
        else
            _unansweredAt = time.GetUtcNow();
        return false;
    }

    private async Task<Lesson> CloseAsync(ApiRequest request, Call call, CancellationToken cancellationToken)
    {
        TimeSpan asked = (call.Result as CallResult.RateLimited)?.RetryAfter ?? s_unknownWait;
        TimeSpan wait = asked < quota.Value.Window ? asked : quota.Value.Window;
        Instruments.QuotaRefusals.Add(1);
        Place? first = await ledger.CloseAsync(call.EndedAt + wait + RetryAfter.Margin, cancellationToken);
        LedgerState state = await ledger.ReadAsync(quota.Value.Horizon, cancellationToken);
        return new Lesson.QuotaUsedUp(first is { } place ? state.Sealed(place.Slot, request.Id, quota.Value) : null);
    }
}
