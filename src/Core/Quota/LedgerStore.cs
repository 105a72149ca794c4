using System.Security.Cryptography;
using Courier.Messages;
using Courier.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Quota;

/// <summary>
/// The ledger's blob: read, changed by compare-and-swap, made anew when it is lost. An instance whose clock is wrong does not write: the others
/// would have to live with what it says.
/// </summary>
public sealed partial class LedgerStore
{
    public const string Blob = "quota-ledger.json";

    /// <summary>Farther from the storage's clock no instance writes. Smaller differences are allowed for (<see cref="QuotaOptions.TakenFor"/>).</summary>
    public static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(40);

    private readonly QuotaOptions _quota;
    private readonly TimeProvider _time;
    private readonly ILogger<LedgerStore> _logger;
    private readonly SharedState<LedgerState> _state;
    private bool _toldSkew;
    private volatile LedgerState? _sane;

    public LedgerStore(CourierStorage storage, IOptions<QuotaOptions> quota, TimeProvider time, Func<double> jitter, ILogger<LedgerStore> logger)
    {
        (_quota, _time, _logger) = (quota.Value, time, logger);
        _state = new SharedState<LedgerState>(storage.State, Blob, QuotaJson.Format.LedgerState, time, jitter) { LongestPause = LongestPause };
    }

    /// <summary>As it was last read or written here; null when it never was, or cannot be read.</summary>
    public LedgerState? Known => Sane(_state.Known);

    /// <summary>No other instance seems to write: what is known here is likely to be what is stored.</summary>
    public bool IsAlone => _state.IsAlone;

    /// <summary>The ledger, read again when what is known is older than that.</summary>
    public async ValueTask<LedgerState> ReadAsync(TimeSpan maximumAge, CancellationToken cancellationToken) =>
        Sane(await _state.ReadAsync(maximumAge, cancellationToken)) is { } state ? state
        : (await ChangeAsync(static (state, _) => (state, state), knownIsLikely: false, cancellationToken)) ?? LedgerState.Fresh("", _quota.Usable, _time.GetUtcNow());

    /// <param name="change">Pure: it may be called several times, with the ledger brought up to now. When it returns what it was given, nothing is written.</param>
    /// <returns>What <paramref name="change"/> returned with what was written; none when this instance's clock is wrong.</returns>
    public async Task<TResult?> ChangeAsync<TResult>(
        Func<LedgerState, DateTimeOffset, (LedgerState State, TResult Result)> change, bool knownIsLikely, CancellationToken cancellationToken)
        where TResult : class
    {
        if (!knownIsLikely)
            await _state.ReadAsync(TimeSpan.FromTicks(-1), cancellationToken);
        if (HasWrongClock())
            return null;
        (TResult result, bool isLost) = await _state.UpdateAsync(
            stored =>
            {
                DateTimeOffset now = _time.GetUtcNow();
                bool isLost = Sane(stored) is null && _state.WasThere;
                LedgerState state = Sane(stored) ?? LedgerState.Fresh(NewKey(), isLost ? _quota.Usable : 0, now);
                LedgerState current = state.At(now, _quota);
                (LedgerState next, TResult result) = change(current, now);
                return (ReferenceEquals(next, current) && Sane(stored) is not null ? stored! : next, (result, isLost));
            },
            knownIsLikely: true,
            cancellationToken);
        if (isLost)
            Log.LedgerLost(_logger, Blob, _quota.TakenFor);
        return result;
    }

    private LedgerState? Sane(LedgerState? state)
    {
        if (state is null || ReferenceEquals(state, _sane))
            return state;
        return _sane = state.IsSane ? state : null;
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private bool HasWrongClock()
    {
        bool isWrong = _state.Skew.Duration() > MostSkew;
        if (isWrong && !_toldSkew)
            Log.WrongClock(_logger, _state.Skew);
        return _toldSkew = isWrong;
    }

    /// <summary>Who was slower is due: it tries again before the others have had their turn.</summary>
    private TimeSpan LongestPause(LedgerState? state)
    {
        TimeSpan quarter = (state?.Rotation?.Round(_time.GetUtcNow()) ?? TimeSpan.Zero) / 4;
        return quarter > s_shortestPause ? quarter : s_shortestPause;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 20, Level = LogLevel.Warning, EventName = "quota.ledger-lost",
            Message = "quota.ledger-lost {Blob} is gone or cannot be read. What was called before is not known, so that nothing is called for {TakenFor}; then every waiting request gets a new slot")]
        public static partial void LedgerLost(ILogger logger, string blob, TimeSpan takenFor);

        [LoggerMessage(EventId = 25, Level = LogLevel.Error, EventName = "quota.wrong-clock",
            Message = "quota.wrong-clock This instance's clock differs from the storage's by {Skew}: it takes no slots and calls nothing until that is mended. Set the clock (NTP), or replace the instance")]
        public static partial void WrongClock(ILogger logger, TimeSpan skew);
    }
}
