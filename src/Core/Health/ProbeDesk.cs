using Courier.Api;
using Courier.Pacing;
using Courier.Quota;

namespace Courier.Health;

/// <summary>Asks the API whether it works, within the quota.</summary>
public sealed class ProbeDesk(ApiProbe probe, CredentialHold hold, QuotaLedger ledger, HealthRecorder recorder, TimeProvider time)
{
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(15);

    /// <summary>So long the circuit is waited for; with one attempt after it, that stays below the minute until the next look.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(40);

    /// <summary>Timers fire a little early. Shorter than the requests' own margin, so that the probe is the call that an open circuit lets through.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMilliseconds(100);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Since when the key is on hold; probes it, once a minute, whether or not requests come.</summary>
    public ValueTask<DateTimeOffset?> HeldSinceAsync(CancellationToken cancellationToken) => hold.HeldSinceAsync(TimeSpan.Zero, cancellationToken);

    /// <summary>An open circuit is waited for: it was opened by a call that failed, so an API that works again is seen at once when it ends.</summary>
    /// <returns>Whether the API answers; null when it cannot be asked now: a 429 keeps the gate closed, or the circuit stays open.</returns>
    public async Task<bool?> TryAsync(CancellationToken cancellationToken)
    {
        if ((await ledger.ReadAsync(s_freshness, cancellationToken)).ClosedUntil > Now)
            return null;
        if (await probe.TryCallAsync(cancellationToken) is not { } call)
            return null;
        if (call.Result is CallResult.CircuitOpen { RetryAfter: var wait } && wait <= s_longestWait)
        {
            await Task.Delay(wait + s_margin, time, cancellationToken);
            if (await probe.TryCallAsync(cancellationToken) is not { } again)
                return null;
            call = again;
        }

        if (call.Result is CallResult.CircuitOpen)
            return null;
        bool works = call.Result is not (CallResult.ServerError or CallResult.Unreachable or CallResult.Unreadable);
        if (!works)
            recorder.OnFailedProbe(call);
        return works;
    }
}
