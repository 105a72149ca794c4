using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;

namespace Courier.Exporters;

/// <summary>Application Insights, as the platform's own settings name it.</summary>
/// <param name="Credential">Null where the connection string alone lets in.</param>
internal sealed record InsightsTarget(string ConnectionString, TokenCredential? Credential)
{
    /// <summary>Null when none is set.</summary>
    public static InsightsTarget? Of(IConfiguration configuration) =>
        configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection
            ? new InsightsTarget(connection, CredentialOf(configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] ?? ""))
            : null;

    public void AddTo(OpenTelemetryBuilder telemetry)
    {
        telemetry.WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure));
        telemetry.WithTracing(traces => traces.AddAzureMonitorTraceExporter(Configure));
        telemetry.WithLogging(logs => logs.AddAzureMonitorLogExporter(Configure));
    }

    /// <summary>By default five traces a second are kept, and of the log only what belongs to one of them, Critical lines too.</summary>
    internal void Configure(AzureMonitorExporterOptions options)
    {
        options.ConnectionString = ConnectionString;
        options.Credential = Credential;
        options.SamplingRatio = 1;
        options.TracesPerSecond = null;
        options.EnableTraceBasedLogsSampler = false;
        options.EnableLiveMetrics = false;
    }

    /// <summary><c>Authorization=AAD</c>, with <c>ClientId=…</c> for a user-assigned identity: the form that the Functions host reads.</summary>
    private static ManagedIdentityCredential? CredentialOf(string text)
    {
        Dictionary<string, string> parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!"AAD".Equals(parts.GetValueOrDefault("Authorization"), StringComparison.OrdinalIgnoreCase))
            return null;
        return new ManagedIdentityCredential(parts.TryGetValue("ClientId", out string? id) ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
    }
}
