using Courier.ApiSimulator;
using Courier.LocalHost.Demo;
using Courier.LocalHost.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.LocalHost.Commands;

/// <summary><c>--host worker</c>: the published worker does the work; here are its host, the terminal and the samples.</summary>
internal static class WorkerComposition
{
    public static void Add(HostApplicationBuilder builder, Arguments arguments, LocalSettings settings, SimulatedApi? simulator)
    {
        IServiceCollection services = builder.Services;
        builder.Logging.ClearProviders(); // the terminal shows what the worker logs
        services.AddCourier(builder.Configuration); // for its storage, and to tell of wrong settings before anything is built
        services.RemoveAll<IHostedService>(); // what runs beside the triggers runs in the worker
        services.AddSingleton(settings);
        services.AddHostedService<WorkerRun>();
        if (arguments.Demo && simulator is not null)
        {
            services.AddSingleton(simulator).AddSingleton<DemoRun>();
            services.AddHostedService(provider => provider.GetRequiredService<DemoRun>());
        }
    }
}
