using Courier.Answers;
using Courier.Api;
using Courier.Health;
using Courier.Messages;
using Courier.Orders;
using Courier.Origin;
using Courier.Pacing;
using Courier.Processing;
using Courier.Quota;
using Courier.Resilience;
using Courier.Routing;
using Courier.Schedules;
using Courier.Settings;
using Courier.Storage;
using Courier.Watch;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Courier.Configuration;

/// <summary>Registers everything but the storage account and the resilience handler's carrier, for every host.</summary>
public static class CourierCore
{
    public static IHttpClientBuilder AddCourierCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AlertOptions, AlertOptionsRules>(configuration, AlertOptions.Section);
        services.AddSettings<ApiOptions, ApiOptionsRules>(configuration, ApiOptions.Section);
        services.AddSettings<OutageOptions, OutageOptionsRules>(configuration, OutageOptions.Section);
        services.AddSettings<QueueOptions, QueueOptionsRules>(configuration, QueueOptions.Section);
        services.AddSettings<QuotaOptions, QuotaOptionsRules>(configuration, QuotaOptions.Section);
        services.AddSettings<ResilienceOptions, ResilienceOptionsRules>(configuration, ResilienceOptions.Section);
        services.AddSettings<RoutingOptions, RoutingOptionsRules>(configuration, RoutingOptions.Section);
        services.AddSettings<ScheduleOptions, ScheduleOptionsRules>(configuration, ScheduleOptions.Section);

        services.TryAddSingleton<ProcessEnd>();
        services.TryAddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // the one place where chance comes from
        services.TryAddSingleton<Func<double>>(Random.Shared.NextDouble);
#pragma warning restore RS0030
        services.TryAddSingleton<IAdmission, FrontGate>();
        services.TryAddSingleton<IRetryBudget>(provider => new RetryBudget(provider.GetRequiredService<QuotaLedger>));
        foreach (Type type in s_singletons)
            services.TryAddSingleton(type);
        services.AddHostedService<StorageStartup>();
        services.AddAlerts();
        return services.AddApiClient();
    }

    private static readonly Type[] s_singletons =
    [
        typeof(ScheduleBook), typeof(ScheduleClaims), typeof(ScheduleRunner),
        typeof(CourierStorage), typeof(EnvelopeReader), typeof(Persistence), typeof(RequestInbox), typeof(RequestQueue), typeof(ResultOutbox), typeof(DeadLetterOutbox),
        typeof(DeadLetterFile), typeof(DeadLetterGuide), typeof(ErrorGuide), typeof(KeyRedaction), typeof(RoutingPolicy),
        typeof(StandingOrders), typeof(Gate), typeof(SettledMarks), typeof(RedriveMarks), typeof(BatchBook), typeof(LedgerStore), typeof(QuotaLedger), typeof(RefusalCheck), typeof(Turnstile), typeof(CredentialHold), typeof(ApiProbe), typeof(DrainOutlook), typeof(Settlement), typeof(Telemetry), typeof(RequestProcessor), typeof(PoisonCapture),
    ];

    private static IHttpClientBuilder AddApiClient(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new ApiClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ApiClient.HttpClientName),
            provider.GetRequiredService<IOptions<ApiOptions>>(),
            provider.GetRequiredService<IOptions<ResilienceOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddHttpClient(ApiClient.HttpClientName)
            .ConfigureHttpClient(client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // the pipeline's total timeout rules
                client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Courier/1.0"); // as text: what is parsed is copied for each call
                client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
                client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", ContentCodings.Accepted);
            })
            .ConfigurePrimaryHttpMessageHandler(provider => new ApiHandler(provider.GetRequiredService<IOptions<ApiOptions>>(), ApiConnections.Create()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // the client lives as long as the process; connections are renewed below
            .RemoveAllLoggers()
            .AddApiResilience();
    }

    private static void AddSettings<TOptions, TRules>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TRules : class, IValidateOptions<TOptions>
    {
        SettingsBinder<TOptions> binder = new(configuration, section);
        services.AddSingleton<IConfigureOptions<TOptions>>(binder);
        services.AddSingleton<IValidateOptions<TOptions>>(binder);
        services.AddSingleton<IValidateOptions<TOptions>, TRules>();
        services.AddOptions<TOptions>().ValidateOnStart();
    }
}
