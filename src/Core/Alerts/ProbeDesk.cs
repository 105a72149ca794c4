using Courier.Api;
using Courier.Pacing;

namespace Courier.Alerts;

/// <summary>Asks the API whether it works, within the quota.</summary>
public sealed class ProbeDesk(ApiProbe probe, CredentialHold hold, QuotaLedger ledger, HealthRecorder recorder, TimeProvider time)
{
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(15);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Since when the key is on hold; probes it, once a minute, whether or not requests come.</summary>
    public ValueTask<DateTimeOffset?> HeldSinceAsync(CancellationToken cancellationToken) => hold.HeldSinceAsync(cancellationToken);

    /// <returns>Whether the API answers; null when it cannot be asked now: a 429 keeps the gate closed, or the circuit is open.</returns>
    public async Task<bool?> TryAsync(CancellationToken cancellationToken)
    {
        if ((await ledger.ReadAsync(s_freshness, cancellationToken)).Clock.At > Now)
            return null;
        Call call = await probe.CallAsync(cancellationToken);
        if (call.Result is CallResult.CircuitOpen)
            return null;
        bool works = call.Result is not (CallResult.ServerError or CallResult.Unreachable);
        if (!works)
            recorder.OnFailedProbe(call);
        return works;
    }
}
