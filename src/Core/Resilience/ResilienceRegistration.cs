using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace Courier.Resilience;

internal static class ResilienceRegistration
{
    /// <summary>Adds the standard resilience handler, set by <see cref="ApiResilience"/>: in every host, test and benchmark the same.</summary>
    public static IHttpClientBuilder AddApiResilience(this IHttpClientBuilder client)
    {
        client.Services.TryAddSingleton<ApiResilience>();
        client.Services.Configure<LoggerFilterOptions>(LeaveOutAttempts);
        client.AddStandardResilienceHandler().Configure((options, services) => services.GetRequiredService<ApiResilience>().Configure(
            options.Retry, options.CircuitBreaker, options.AttemptTimeout, options.TotalRequestTimeout, context => context.GetRequestMessage()));
        return client;
    }

    /// <summary>Polly writes a line an attempt; ours is one a message, with all its attempts. First among the rules, so that a setting <c>Logging:LogLevel:Polly</c> overrides it.</summary>
    private static void LeaveOutAttempts(LoggerFilterOptions filter) =>
        filter.Rules.Insert(0, new LoggerFilterRule(null, "Polly", LogLevel.None, null));
}
