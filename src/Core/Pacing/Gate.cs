using Courier.Api;
using Courier.Messages;
using Courier.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>Expired? Key on hold? Quota? In that order.</summary>
public sealed partial class Gate(QuotaLedger ledger, CredentialHold hold, IOptions<QuotaOptions> quota, TimeProvider time, ILogger<Gate> logger) : IAdmission
{
    /// <summary>A shorter wait is spent here: a message that is parked is hidden for whole seconds.</summary>
    private static readonly TimeSpan s_shortWait = TimeSpan.FromSeconds(2);

    /// <summary>A request that comes back for its slot learns of a gate that was closed elsewhere within this time.</summary>
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(15);

    /// <summary>The same while another user of the quota is about: within a window of the last refusal.</summary>
    private static readonly TimeSpan s_freshnessWhenRefused = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_shortestHold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestHold = TimeSpan.FromMinutes(15);

    /// <summary>A storage queue hides a message for seven days at the most; whoever must wait longer comes back in between.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(6);

    public async ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = time.GetUtcNow();
        if (envelope.Request.ExpiresAt <= now)
            return new Admission.Expired();
        if (await hold.HeldSinceAsync(cancellationToken) is { } since)
            return new Admission.Wait(Between((now - since) / 2, s_shortestHold, s_longestHold), envelope.Delivery.Slot);
        if (envelope.Delivery.Slot is { } own && await TurnOfAsync(own, cancellationToken) is { } turn)
            return await AtAsync(own, turn, isNew: false, cancellationToken);

        while (true)
        {
            Slot slot = await ledger.TakeAsync(envelope.Request.IsHighPriority ? SlotLane.High : SlotLane.Normal, cancellationToken);
            LedgerState state = await ledger.ReadAsync(quota.Value.Tolerance, cancellationToken);
            if (slot.Ledger == state.Ledger) // else it was lost in the meantime
                return await AtAsync(slot, state.TurnOf(slot, quota.Value, time.GetUtcNow()) ?? now, isNew: true, cancellationToken);
        }
    }

    public async ValueTask LearnAsync(Call call, Disposition disposition, CancellationToken cancellationToken)
    {
        if (call.Attempts > 1)
            ledger.Charge(call.Attempts - 1);
        try
        {
            if (call.Result is CallResult.RateLimited && disposition is Disposition.Reschedule wait)
                await ledger.CloseAsync(call.EndedAt + (wait.Delay < quota.Value.Window ? wait.Delay : quota.Value.Window), cancellationToken);
            else if (call.Result is CallResult.Unauthorized)
                await hold.CheckAsync(call.RequestId, cancellationToken);
            else if (call.Result is CallResult.Succeeded)
                hold.Trust();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LearnFailed(logger, e); // the request itself is still settled; the next refusal is another chance
        }
    }

    /// <summary>When a request that comes back with its slot may call; null when it needs another.</summary>
    private async ValueTask<DateTimeOffset?> TurnOfAsync(Slot own, CancellationToken cancellationToken)
    {
        LedgerState known = await ledger.ReadAsync(s_freshness, cancellationToken);
        if (time.GetUtcNow() - known.LoweredAt < quota.Value.Window)
            known = await ledger.ReadAsync(s_freshnessWhenRefused, cancellationToken);
        if (known.TurnOf(own, quota.Value, time.GetUtcNow()) is { } turn)
            return turn;
        LedgerState resumed = await ledger.ResumeAsync(own, cancellationToken);
        return resumed.TurnOf(own, quota.Value, time.GetUtcNow());
    }

    private async ValueTask<Admission> AtAsync(Slot slot, DateTimeOffset turn, bool isNew, CancellationToken cancellationToken)
    {
        TimeSpan wait = turn - time.GetUtcNow();
        if (wait > s_shortWait)
            return new Admission.Wait(wait < s_longestWait ? wait : s_longestWait, slot);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        if (wait > TimeSpan.Zero || !isNew)
            await ledger.UseAsync(slot, cancellationToken);
        return new Admission.Granted(slot);
    }

    private static TimeSpan Between(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;

    private static partial class Log
    {
        [LoggerMessage(EventId = 23, Level = LogLevel.Error, Message = "gate.learn-failed What an answer says about quota or key could not be shared with the other instances", EventName = "gate.learn-failed")]
        public static partial void LearnFailed(ILogger logger, Exception exception);
    }
}
