using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Telemetry;

namespace Courier.Resilience;

internal static class ResilienceRegistration
{
    /// <summary>Adds the standard resilience handler, set by <see cref="ApiResilience"/>: in every host, test and benchmark the same.</summary>
    public static IHttpClientBuilder AddApiResilience(this IHttpClientBuilder client)
    {
        client.Services.TryAddSingleton<ApiResilience>();
        client.Services.TryAddTransient(OnCourierClock); // before the handler adds its own, which knows no other clock than the system's
        client.Services.Configure<LoggerFilterOptions>(LeaveOutAttempts);
        client.AddStandardResilienceHandler().Configure((options, services) => services.GetRequiredService<ApiResilience>().Configure(
            options.Retry, options.CircuitBreaker, options.AttemptTimeout, options.TotalRequestTimeout, context => context.GetRequestMessage()));
        return client;
    }

    private static ResiliencePipelineBuilder OnCourierClock(IServiceProvider services)
    {
        ResiliencePipelineBuilder builder = new() { TimeProvider = services.GetRequiredService<TimeProvider>() };
        return builder.ConfigureTelemetry(services.GetRequiredService<IOptions<TelemetryOptions>>().Value);
    }

    /// <summary>Polly writes a line an attempt; ours is one a message, with all its attempts. First among the rules, so that a setting <c>Logging:LogLevel:Polly</c> overrides it.</summary>
    private static void LeaveOutAttempts(LoggerFilterOptions filter) =>
        filter.Rules.Insert(0, new LoggerFilterRule(null, "Polly", LogLevel.None, null));
}
