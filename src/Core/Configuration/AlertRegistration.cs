using Courier.Health;
using Courier.Origin;
using Courier.Processing;
using Courier.Sinks;
using Courier.StatusPages;
using Courier.Watch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Courier.Configuration;

/// <summary>Registers where alerts go, and the status page that they quote.</summary>
internal static class AlertRegistration
{
    public static void AddAlerts(this IServiceCollection services)
    {
        services.TryAddSingleton<StatusPage>();
        services.TryAddSingleton<QueueSink>();
        services.TryAddSingleton<LogSink>();
        services.TryAddSingleton(Sinks);
        services.TryAddSingleton<AlertDelivery>();
        foreach (Type type in s_singletons)
            services.TryAddSingleton(type);
        services.AddSingleton<ISettledObserver>(provider => provider.GetRequiredService<HealthRecorder>());
        services.AddHostedService<HealthLoop>();
        services.AddOutsideClient(StatusPage.HttpClientName);
        services.AddOutsideClient(WebhookSink.HttpClientName);
    }

    private static readonly Type[] s_singletons =
    [
        typeof(HealthRecorder), typeof(HealthReports), typeof(HealthFactsReader), typeof(WaitingRequests), typeof(ProbeDesk), typeof(AlertPolicy), typeof(AlertWriter), typeof(AlertDesk), typeof(AlertHistoryStore), typeof(SharedGauges), typeof(HealthWatch),
    ];

    private static IReadOnlyList<IAlertSink> Sinks(IServiceProvider services) =>
    [
        services.GetRequiredService<QueueSink>(),
        services.GetRequiredService<LogSink>(),
        .. services.GetRequiredService<IOptions<AlertOptions>>().Value.Webhooks
            .Select(webhook => new WebhookSink(webhook, services.GetRequiredService<IHttpClientFactory>())),
    ];

    /// <summary>A client for others than the API: nothing of ours travels with its requests, and nobody notes their addresses, which may hold tokens.</summary>
    private static void AddOutsideClient(this IServiceCollection services, string name) => services.AddHttpClient(name)
        .ConfigureHttpClient(client => client.DefaultRequestHeaders.UserAgent.ParseAdd("Courier/1.0"))
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = new TunnelsOnly(HttpClient.DefaultProxy),
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            ActivityHeadersPropagator = null, // no trace of the call, whose tags would hold the address
        })
        .RemoveAllLoggers();
}
