using Courier.ApiSimulator;
using Courier.Exporters;
using Courier.LocalHost.Demo;
using Courier.LocalHost.Examples;
using Courier.LocalHost.Listening;
using Courier.LocalHost.Terminal;
using Courier.LocalHost.Triggers;
using Courier.Origin;
using Courier.Processing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.LocalHost.Commands;

/// <summary><c>--host local</c>: the handlers in this process, what the Functions host would bind bound by hand.</summary>
internal static class LocalComposition
{
    /// <summary>Longer than any call may take, so that stopping loses no answer.</summary>
    private static readonly TimeSpan s_shutdown = TimeSpan.FromMinutes(5);

    public static void Add(HostApplicationBuilder builder, Arguments arguments, SimulatedApi? simulator)
    {
        IServiceCollection services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = s_shutdown);
        builder.Logging.AddSimpleConsole(); // an alert has several lines
        services.AddCourier(builder.Configuration);
        builder.AddTelemetryExport();
        services.AddSingleton<ListenerContext>();
        services.AddSingleton<ISettledObserver>(provider => new ConsoleReport(
            Console.Out, provider.GetRequiredService<KeyRedaction>(), TimeProvider.System, inColour: !Console.IsOutputRedirected));
        foreach (LocalTrigger trigger in TriggerTable.Triggers.Where(trigger => arguments.Example is null || trigger.Name != TriggerTable.RunSchedules))
            services.AddTrigger(trigger);
        if (arguments.Example is not null)
            AddObserver<PortfolioWatch>(services).AddHostedService<PortfolioRun>();
        if (arguments.Demo && simulator is not null)
        {
            services.AddSingleton(simulator);
            AddObserver<DemoRun>(services).AddHostedService(provider => provider.GetRequiredService<DemoRun>());
        }
    }

    private static IServiceCollection AddObserver<T>(IServiceCollection services) where T : class, ISettledObserver =>
        services.AddSingleton<T>().AddSingleton<ISettledObserver>(provider => provider.GetRequiredService<T>());
}
