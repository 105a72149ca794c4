using System.Security.Cryptography;
using System.Text;
using Courier.Api;
using Courier.Origin;
using Courier.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>
/// Stops all calls with a key that the API refuses. A 401 is checked by one probe, because some APIs answer 401 for a single resource;
/// if the probe is refused too, the key's hash goes to a shared blob, and every instance configured with that key waits. A probe that neither
/// proves the key (2xx) nor refuses it says nothing: then it is for two further requests to meet a 401 within a minute (<see cref="Suspicion"/>).
/// Another key, or a probe that proves this one, lifts the hold.
/// </summary>
public sealed partial class CredentialHold
{
    public const string Blob = "credential-hold.json";

    /// <summary>Every instance knows of a hold within this time.</summary>
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(4);

    /// <summary>A probe's answer holds for so long; while the key is held, one instance probes so often.</summary>
    private static readonly TimeSpan s_probeInterval = TimeSpan.FromMinutes(1);

    /// <summary>The same for a probe that says nothing about the key.</summary>
    private static readonly TimeSpan s_shortProbeInterval = TimeSpan.FromSeconds(5);

    private readonly ApiProbe _probe;
    private readonly TimeProvider _time;
    private readonly ILogger<CredentialHold> _logger;
    private readonly SharedState<CredentialState> _state;
    private readonly Turns _turns = new();
    private readonly string _keyHash;
    private readonly Suspicion _suspicion = new();
    private bool? _isAccepted;
    private DateTimeOffset _settledUntil = DateTimeOffset.MinValue;

    public CredentialHold(CourierStorage storage, ApiProbe probe, IOptions<ApiOptions> api, TimeProvider time, Func<double> jitter, ILogger<CredentialHold> logger)
    {
        (_probe, _time, _logger) = (probe, time, logger);
        _state = new SharedState<CredentialState>(storage.State, Blob, PacingJson.Format.CredentialState, time, jitter) { SetAside = storage.SetAsideAsync };
        _keyHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("courier.credential:" + api.Value.Key)))[..32];
    }

    /// <summary>Since when the configured key is held; null when it is not. May probe, and lift the hold.</summary>
    public ValueTask<DateTimeOffset?> HeldSinceAsync(CancellationToken cancellationToken) => HeldSinceAsync(s_freshness, cancellationToken);

    /// <inheritdoc cref="HeldSinceAsync(CancellationToken)"/>
    /// <param name="maximumAge">What another instance has found is seen within this time.</param>
    public async ValueTask<DateTimeOffset?> HeldSinceAsync(TimeSpan maximumAge, CancellationToken cancellationToken)
    {
        CredentialState? state = await _state.ReadAsync(maximumAge, cancellationToken);
        if (state?.KeyHash != _keyHash)
            return null;
        if ((_time.GetUtcNow() - state.ProbedAt).Duration() < s_probeInterval)
            return state.Since;
        return await ProbeAgainAsync(cancellationToken) ? null : state.Since;
    }

    /// <summary>The same as another instance or an earlier call found it, without a probe.</summary>
    public async ValueTask<DateTimeOffset?> KnownSinceAsync(CancellationToken cancellationToken) =>
        await _state.ReadAsync(s_freshness, cancellationToken) is { } state && state.KeyHash == _keyHash ? state.Since : null;

    /// <summary>A call succeeded with the key.</summary>
    public void Trust() => _suspicion.Clear();

    /// <summary>A call was answered 401: finds out whether the key itself is refused.</summary>
    /// <param name="requestId">Whose call it was.</param>
    public Task CheckAsync(string requestId, CancellationToken cancellationToken)
    {
        bool isSuspected = _suspicion.Grow(requestId, _time.GetUtcNow());
        return _turns.RunAsync(() => CheckAsync(isSuspected, cancellationToken), cancellationToken);
    }

    private async Task CheckAsync(bool isSuspected, CancellationToken cancellationToken)
    {
        if ((await _state.ReadAsync(s_freshness, cancellationToken))?.KeyHash == _keyHash)
            return;
        bool? isAccepted = _time.GetUtcNow() < _settledUntil ? _isAccepted : await AskAsync(cancellationToken);
        if (isAccepted == false || (isAccepted is null && isSuspected))
            await HoldAsync(cancellationToken);
    }

    /// <summary>Whether the key is accepted; null when the probe says nothing about it.</summary>
    private async Task<bool?> AskAsync(CancellationToken cancellationToken)
    {
        Call probe = await _probe.CallAsync(cancellationToken);
        _isAccepted = IsAccepted(probe) ? true : probe.Result is CallResult.Unauthorized ? false : null;
        _settledUntil = _time.GetUtcNow() + (_isAccepted == true ? s_probeInterval : s_shortProbeInterval);
        if (_isAccepted == true)
            _suspicion.Clear();
        return _isAccepted;
    }

    /// <summary>This instance has found the key refused, or accepted again.</summary>
    public event Action? Changed;

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool isNew = await _state.UpdateAsync(
            state => state?.KeyHash == _keyHash ? (state, false) : (new CredentialState(_keyHash, now, now), true), knownIsLikely: false, cancellationToken);
        if (!isNew)
            return; // another instance was faster, and tells
        Log.Held(_logger);
        Changed?.Invoke();
    }

    /// <returns>Whether the key is accepted again.</returns>
    private async Task<bool> ProbeAgainAsync(CancellationToken cancellationToken)
    {
        bool isOurTurn = await _state.UpdateAsync(
            state => state is not null && state.KeyHash == _keyHash && (_time.GetUtcNow() - state.ProbedAt).Duration() >= s_probeInterval
                ? (state with { ProbedAt = _time.GetUtcNow() }, true)
                : (state!, false),
            knownIsLikely: false,
            cancellationToken);
        if (!isOurTurn || await _probe.TryCallAsync(cancellationToken) is not { } probe || !IsAccepted(probe))
            return false;

        await _state.UpdateAsync(state => (state?.KeyHash == _keyHash ? CredentialState.None : state ?? CredentialState.None, 0), knownIsLikely: false, cancellationToken);
        Log.Lifted(_logger);
        Changed?.Invoke();
        return true;
    }

    /// <summary>Any other answer than 2xx may be one to a key that nobody looked at.</summary>
    private static bool IsAccepted(Call probe) => probe.Result is CallResult.Succeeded or CallResult.Unreadable;

    private static partial class Log
    {
        [LoggerMessage(EventId = 21, Level = LogLevel.Critical, EventName = "credential.held",
            Message = "credential.held The API refuses the configured key (401, confirmed by a probe or by three requests): all calls wait. Put a valid key into Api:Key; waiting requests then go on by themselves")]
        public static partial void Held(ILogger logger);

        [LoggerMessage(EventId = 22, Level = LogLevel.Warning, Message = "credential.lifted The API accepts the key again: waiting requests go on", EventName = "credential.lifted")]
        public static partial void Lifted(ILogger logger);
    }
}
