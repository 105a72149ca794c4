using Courier.Quota;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>Forecasts the end of the backlog, and tells the log when the forecast changes.</summary>
public sealed partial class DrainOutlook(QuotaLedger ledger, CredentialHold hold, IOptions<QuotaOptions> quota, TimeProvider time, ILogger<DrainOutlook> logger)
{
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(15);

    private DrainForecast? _told;

    /// <param name="waiting">Messages on the request queue.</param>
    public async Task<DrainForecast> ForecastAsync(int waiting, CancellationToken cancellationToken)
    {
        LedgerState state = await ledger.ReadAsync(s_freshness, cancellationToken);
        return DrainForecast.Of(waiting, state, await hold.KnownSinceAsync(cancellationToken), quota.Value, time.GetUtcNow());
    }

    public async Task<DrainForecast> TellAsync(int waiting, CancellationToken cancellationToken)
    {
        DrainForecast forecast = await ForecastAsync(waiting, cancellationToken);
        bool isNews = _told is { } told ? forecast.HasChangedSince(told, time.GetUtcNow()) : forecast.ClearsAt is not null || forecast.HeldSince is not null;
        if (isNews)
        {
            Log.Forecast(logger, forecast, forecast.Waiting, forecast.CallsPerHour, forecast.ClearsAt);
            _told = forecast;
        }

        return forecast;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 24, Level = LogLevel.Information, EventName = "drain.forecast",
            Message = "drain.forecast {Forecast} (waiting {Waiting}, calls an hour {CallsPerHour}, clears at {ClearsAt})")]
        public static partial void Forecast(ILogger logger, DrainForecast forecast, int waiting, int callsPerHour, DateTimeOffset? clearsAt);
    }
}
