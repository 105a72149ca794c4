using System.Text;
using Courier.ApiSimulator;
using Courier.Configuration;
using Courier.LocalHost.Demo;
using Courier.LocalHost.Examples;
using Courier.LocalHost.Listening;
using Courier.LocalHost.Surroundings;
using Courier.LocalHost.Terminal;
using Courier.LocalHost.Timers;
using Courier.Origin;
using Courier.Processing;
using Courier.Schedules;
using Courier.Storage;
using Courier.Watch;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.LocalHost;

/// <summary>Courier on this machine: what a Functions host would bind is bound by hand, everything else is the same registration.</summary>
public static class LocalCourier
{
    /// <summary>Longer than any call may take, so that stopping loses no answer.</summary>
    private static readonly TimeSpan s_shutdown = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        using StorageEmulator? emulator = await StorageAsync(builder, arguments);
        await using SimulatedApi? simulator = await ApiAsync(builder, arguments);
        builder.Configuration.AddInMemoryCollection(Overrides(arguments, simulator));
        AddServices(builder, arguments, simulator);

        using IHost host = builder.Build();
        Banner.Write(arguments, emulator, simulator, host.Services.GetRequiredService<IConfiguration>(), host.Services.GetRequiredService<IOptions<QueueOptions>>().Value.RequestName);
        int exitCode = await host.RunCourierAsync();
        return exitCode == 0 ? Environment.ExitCode : exitCode; // set by an example
    }

    public static async Task<int> SendAsync(Arguments arguments)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        AddDefaults(builder, LocalSettings.Common);
        builder.Configuration.AddInMemoryCollection(Overrides(arguments, null));
        builder.Logging.ClearProviders();
        builder.Services.AddCourier(builder.Configuration);
        using IHost host = builder.Build();

        string text = arguments.Message!.StartsWith('@') ? await ReadFileAsync(arguments.Message[1..]) : arguments.Message;
        CourierStorage storage = host.Services.GetRequiredService<CourierStorage>();
        try
        {
            await storage.Requests.EnsureExistsAsync(CancellationToken.None);
            await storage.RequestBodies.EnsureExistsAsync(CancellationToken.None);
            await host.Services.GetRequiredService<RequestQueue>().PostAsync(Encoding.UTF8.GetBytes(text), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException)
        {
            throw new SurroundingsException($"The storage does not answer ({e.Message.Split('\n')[0].Trim()}). Start it with ./dev run, or name another with --storage.");
        }

        Console.WriteLine($"Posted to {storage.Requests.Name}.");
        return 0;
    }

    private static async Task<StorageEmulator?> StorageAsync(HostApplicationBuilder builder, Arguments arguments)
    {
        if (arguments.StorageIsMemory)
            builder.Services.AddSingleton<IStorage>(new InMemoryStorage(TimeProvider.System));
        bool isElsewhere = arguments.Storage is not null || builder.Configuration.GetSection("AzureWebJobsStorage") is { } given && (given.Value is not null || given.GetChildren().Any());
        return isElsewhere ? null : await StorageEmulator.EnsureAsync(TimeProvider.System, CancellationToken.None);
    }

    private static async Task<SimulatedApi?> ApiAsync(HostApplicationBuilder builder, Arguments arguments)
    {
        bool isElsewhere = arguments.Api is not null || !string.IsNullOrEmpty(builder.Configuration["Api:BaseUrl"]);
        if (isElsewhere && arguments.Example is null)
            return null;
        SimulatorOptions options = new() { Port = Banner.SimulatorPort };
        if (arguments.Example is not null)
            options = options with { Companies = PortfolioExample.Companies };
        if (builder.Configuration["Api:Key"] is { Length: > 0 } key)
            options = options with { Key = key };
        SimulatedApi api = await StartAsync(options);
        foreach (Fault fault in arguments.Example is null ? [] : PortfolioExample.Faults)
            api.Script(fault);
        return api;
    }

    private static async Task<SimulatedApi> StartAsync(SimulatorOptions options)
    {
        try
        {
            return await SimulatedApi.StartAsync(options);
        }
        catch (IOException)
        {
            return await SimulatedApi.StartAsync(options with { Port = 0 }); // another run has the usual port
        }
    }

    /// <summary>Above the environment: what the command line and the simulator say.</summary>
    private static Dictionary<string, string?> Overrides(Arguments arguments, SimulatedApi? simulator)
    {
        Dictionary<string, string?> settings = [];
        if (arguments is { Storage: { } storage, StorageIsMemory: false })
            settings["AzureWebJobsStorage"] = storage;
        if (arguments.Api is { } api)
            settings["Api:BaseUrl"] = api.ToString();
        if (simulator is not null)
        {
            settings["Api:BaseUrl"] = simulator.BaseAddress.ToString();
            settings["Api:StatusPageUrl"] = simulator.BaseAddress.ToString();
        }

        return settings;
    }

    private static void AddServices(HostApplicationBuilder builder, Arguments arguments, SimulatedApi? simulator)
    {
        AddDefaults(builder, Defaults(arguments, simulator));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_shutdown);
        builder.Logging.AddSimpleConsole(); // an alert has several lines
        builder.Services.AddCourier(builder.Configuration);
        builder.Services.AddSingleton<ListenerContext>();
        builder.Services.AddSingleton<ISettledObserver>(services => new ConsoleReport(
            Console.Out, services.GetRequiredService<KeyRedaction>(), TimeProvider.System, inColour: !Console.IsOutputRedirected));
        builder.Services.AddSingleton<IHostedService>(services => Listener(services, poison: false));
        builder.Services.AddSingleton<IHostedService>(services => Listener(services, poison: true));
        if (arguments.Example is null)
            builder.Services.AddSingleton<IHostedService>(services => Timer(services, "RunSchedules", services.GetRequiredService<ScheduleRunner>().RunAsync));
        else
            AddObserver<PortfolioWatch>(builder.Services).AddHostedService<PortfolioRun>();
        builder.Services.AddSingleton<IHostedService>(services => Timer(services, "WatchHealth", services.GetRequiredService<HealthWatch>().RunAsync));
        if (arguments.Demo && simulator is not null)
        {
            builder.Services.AddSingleton(simulator);
            AddObserver<DemoRun>(builder.Services).AddHostedService(services => services.GetRequiredService<DemoRun>());
        }
    }

    private static IServiceCollection AddObserver<T>(IServiceCollection services) where T : class, ISettledObserver =>
        services.AddSingleton<T>().AddSingleton<ISettledObserver>(provider => provider.GetRequiredService<T>());

    private static IReadOnlyDictionary<string, string?> Defaults(Arguments arguments, SimulatedApi? simulator) =>
        arguments.Example is { } example ? LocalSettings.Example(example)
        : simulator is null ? LocalSettings.Common
        : arguments.Demo ? LocalSettings.Demo
        : LocalSettings.Simulated;

    private static QueueListener Listener(IServiceProvider services, bool poison)
    {
        CourierStorage storage = services.GetRequiredService<CourierStorage>();
        ListenerContext context = services.GetRequiredService<ListenerContext>();
        return poison
            ? new QueueListener(storage.Poison, null, services.GetRequiredService<PoisonCapture>().CaptureAsync, new ListenerOptions(), context)
            : new QueueListener(storage.Requests, storage.Poison, services.GetRequiredService<RequestProcessor>().ProcessAsync, new ListenerOptions(), context);
    }

    private static LocalTimer Timer(IServiceProvider services, string name, Func<CancellationToken, Task> handle) =>
        new(name, handle, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<LocalTimer>>());

    /// <summary>Below the environment.</summary>
    private static void AddDefaults(HostApplicationBuilder builder, IReadOnlyDictionary<string, string?> settings) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = settings });

    private static async Task<string> ReadFileAsync(string path) => File.Exists(path)
        ? await File.ReadAllTextAsync(path)
        : throw new SurroundingsException($"The file '{path}' was not found.");
}
