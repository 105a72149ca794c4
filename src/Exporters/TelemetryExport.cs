using Courier.Measures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Courier.Exporters;

/// <summary>Sends logs, metrics and traces to where the environment says: an OTLP collector, Application Insights, or both. Without one of the two, nothing is set up.</summary>
public static class TelemetryExport
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    /// <param name="isToldAgain">True while lines are written that were exported when they were written first.</param>
    /// <returns>Whether telemetry leaves this process by itself.</returns>
    public static bool AddTelemetryExport(this IHostApplicationBuilder builder, Func<bool>? isToldAgain = null)
    {
        bool hasCollector = !string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]);
        InsightsTarget? insights = InsightsTarget.Of(builder.Configuration);
        if (!hasCollector && insights is null)
            return false;

        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry();
        if (string.IsNullOrWhiteSpace(builder.Configuration[ServiceName]))
            telemetry.ConfigureResource(resource => resource.AddService("courier"));
        telemetry.WithMetrics(metrics => metrics.AddMeter(Instruments.Name));
        telemetry.WithTracing(traces => traces.AddSource(Instruments.Name));
        telemetry.WithLogging(null, logs => logs.IncludeFormattedMessage = true); // without it a line is its template
        insights?.AddTo(telemetry);
        telemetry.WithTracing(traces => traces.SetSampler(new AlwaysOnSampler())); // last: Application Insights' exporter sets one of its own
        if (hasCollector)
            telemetry.UseOtlpExporter();

        // Also where a host's own log shows less of ours.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Courier", level => level >= LogLevel.Information && isToldAgain?.Invoke() != true);
        return true;
    }
}
