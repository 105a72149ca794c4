using Courier.ApiSimulator;
using Courier.Configuration;
using Courier.LocalHost.Surroundings;
using Courier.LocalHost.Terminal;
using Courier.Operations;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Courier.LocalHost.Commands;

/// <summary><c>./dev run</c>: finds or starts what Courier needs, says what runs where, and runs it to its end.</summary>
internal static class RunCommand
{
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(Arguments arguments)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        using StorageEmulator? emulator = await LocalStorage.ChooseAsync(builder, arguments);
        await using SimulatedApi? simulator = await LocalApi.ChooseAsync(builder, arguments);
        LocalSettings settings = LocalSettings.Of(arguments, simulator);
        settings.AddTo(builder.Configuration);
        if (arguments.Host == HostKind.Worker)
            WorkerComposition.Add(builder, arguments, settings, simulator);
        else
            LocalComposition.Add(builder, arguments, simulator);
        if (arguments is { Port: not 0, Example: null })
            builder.Services.AddCourierOperations().AddSingleton(arguments).AddHostedService<LocalPage>();

        using IHost host = builder.Build();
        return await host.RunCourierAsync(() => Banner.Write(
            arguments, emulator, simulator, host.Services.GetRequiredService<IConfiguration>(), host.Services.GetRequiredService<IOptions<QueueOptions>>().Value.RequestName));
    }
}
