using System.Diagnostics.Metrics;
using Courier.Measures;
using Courier.Pacing;
using Courier.Quota;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Watch;

/// <summary>
/// What concerns all instances together, as of the last look: in the log when the forecast changes, and as gauges. Those are reported by one
/// instance, so that no sum over instances counts a queue twice: it renews its claim at each look, and what it read is reported for a while only.
/// </summary>
public sealed class SharedGauges : IDisposable
{
    /// <summary>Longer than the pause between two looks. Another instance takes over when the claim was not renewed for so long.</summary>
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(90);

    private readonly Meter _meter = new(Instruments.Name);
    private readonly CourierStorage _storage;
    private readonly DrainOutlook _outlook;
    private readonly QuotaLedger _ledger;
    private readonly QuotaOptions _quota;
    private readonly TimeProvider _time;
    private readonly SharedState<GaugeClaim> _claim;
    private volatile GaugeReadings? _readings;

    public SharedGauges(CourierStorage storage, DrainOutlook outlook, QuotaLedger ledger, IOptions<QuotaOptions> quota, TimeProvider time)
    {
        (_storage, _outlook, _ledger, _quota, _time) = (storage, outlook, ledger, quota.Value, time);
        _claim = new SharedState<GaugeClaim>(storage.State, GaugeClaim.Blob, WatchJson.Format.GaugeClaim, time, () => 1);
        _meter.CreateObservableGauge("courier.queue.depth", Depths, "{message}", "Messages on a queue, hidden ones included.");
        Gauge("courier.queue.oldest", "s", "How long the request that is next has lain visible or hidden; none while none is visible.", readings => readings.Oldest?.TotalSeconds);
        Gauge("courier.quota.limit", "{call}", "Calls that the API allows in any window.", readings => readings.Limit);
        Gauge("courier.quota.used", "{call}", "Calls made, or settled to be made, in the window that ends now.", readings => readings.Used);
        Gauge("courier.gate.closed", "1", "1 while a 429 keeps all instances waiting.", readings => readings.Forecast.ClosedUntil is null ? 0 : 1);
        Gauge("courier.key.held", "1", "1 while the API refuses the key and no call is made.", readings => readings.Forecast.HeldSince is null ? 0 : 1);
        Gauge("courier.drain.remaining", "s", "Until the backlog has been called, if nothing happens in between; none while nobody can tell.", readings => readings.Remaining);
    }

    public async Task LookAsync(HealthFacts seen, CancellationToken cancellationToken)
    {
        try
        {
            DrainForecast forecast = await _outlook.TellAsync(seen.Waiting, cancellationToken);
            _readings = await ClaimAsync(cancellationToken) ? await ReadAsync(forecast, cancellationToken) : null;
        }
        catch (StorageFailureException)
        {
            // No forecast and no gauges without the storage. The requests meet the same, and it is told.
        }
    }

    public void Dispose() => _meter.Dispose();

    private Task<bool> ClaimAsync(CancellationToken cancellationToken) => _claim.UpdateAsync(
        claim =>
        {
            DateTimeOffset now = _time.GetUtcNow();
            bool isOurs = claim is null || claim.Instance == _storage.Instance.Text || (now - claim.At).Duration() > s_life;
            return isOurs ? (new GaugeClaim(_storage.Instance.Text, now), true) : (claim!, false);
        },
        knownIsLikely: false,
        cancellationToken);

    private async Task<GaugeReadings> ReadAsync(DrainForecast forecast, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        LedgerState ledger = await _ledger.ReadAsync(s_life, cancellationToken);
        TimeSpan? oldest = now - (await _storage.Requests.PeekAsync(cancellationToken))?.InsertedOn;
        return new GaugeReadings(
            now, forecast, oldest, await _storage.Poison.CountAsync(cancellationToken), await _storage.DeadLetters.CountAsync(cancellationToken),
            _quota.Limit, ledger.At(now, _quota).Charges.CountUpTo(now));
    }

    private GaugeReadings? Fresh() => _readings is { } readings && _time.GetUtcNow() - readings.At <= s_life ? readings : null;

    private void Gauge(string name, string unit, string description, Func<GaugeReadings, double?> value) =>
        _meter.CreateObservableGauge(name, () => Fresh() is { } readings && value(readings) is { } number ? [new(number)] : Array.Empty<Measurement<double>>(), unit, description);

    private IEnumerable<Measurement<double>> Depths() => Fresh() is not { } readings ? [] :
    [
        Depth(readings.Forecast.Waiting, "requests"), Depth(readings.Poison, "poison"), Depth(readings.DeadLetters, "dead-letters"),
    ];

    private static Measurement<double> Depth(int messages, string queue) => new(messages, new KeyValuePair<string, object?>("courier.queue", queue));
}
