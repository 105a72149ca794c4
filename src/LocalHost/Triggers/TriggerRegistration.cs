using System.Diagnostics;
using Courier.LocalHost.Listening;
using Courier.LocalHost.Timers;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.LocalHost.Triggers;

internal static class TriggerRegistration
{
    /// <summary>Adds what listens for a trigger.</summary>
    public static void AddTrigger(this IServiceCollection services, LocalTrigger trigger) =>
        services.AddSingleton<IHostedService>(provider => trigger switch
        {
            LocalTrigger.Queue queue => Listener(provider, queue),
            LocalTrigger.Timer timer => new LocalTimer(
                timer.Name, timer.Handler(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LocalTimer>>()),
            _ => throw new UnreachableException(),
        });

    private static QueueListener Listener(IServiceProvider services, LocalTrigger.Queue trigger)
    {
        CourierStorage storage = services.GetRequiredService<CourierStorage>();
        return new QueueListener(
            trigger.Of(storage), trigger.GivesUp ? storage.Poison : null, trigger.Handler(services), new ListenerOptions(), services.GetRequiredService<ListenerContext>());
    }
}
