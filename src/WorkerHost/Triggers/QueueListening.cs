using Courier.WorkerHost.Protocol;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost.Triggers;

/// <summary>The Functions host's own queue listener: a WebJobs host with the Storage Queues extension, set up by host.json.</summary>
internal static class QueueListening
{
    /// <summary>Where the Functions host reads host.json from, and settings that override it.</summary>
    private const string Root = "AzureFunctionsJobHost";

    /// <param name="invoke">Throws for a function that failed.</param>
    /// <param name="failure">Told when the listener works no more.</param>
    public static IHost Create(
        HostedWorkerOptions options, IReadOnlyList<WorkerFunction> functions, Func<WorkerFunction, TypedData, CancellationToken, Task> invoke, IWebJobsExceptionHandler failure,
        WorkerJournal journal)
    {
        Type jobs = QueueJobsType.Create(functions.OfType<WorkerFunction.Queue>());
        return new HostBuilder()
            .ConfigureAppConfiguration(configuration => Configure(configuration, options))
            .ConfigureLogging(logging => logging.AddFilter("Azure", LogLevel.Warning).AddProvider(new JournalLogger(journal)))
            .ConfigureServices(services => services
                .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(5))
                .AddSingleton<IHostLifetime, NoLifetime>()
                .AddSingleton(failure)
                .AddSingleton<ITypeLocator>(new OneType(jobs))
                .AddSingleton<IJobActivator>(new Activator((name, data, cancellationToken) =>
                    invoke(functions.First(function => function.Name == name), data, cancellationToken))))
            .ConfigureWebJobs(webJobs => webJobs.AddAzureStorageQueues())
            .Build();
    }

    private static void Configure(IConfigurationBuilder configuration, HostedWorkerOptions options)
    {
        IConfiguration hostJson = new ConfigurationBuilder().AddJsonFile(Path.Combine(options.AppFolder, "host.json")).Build();
        configuration.AddInMemoryCollection(hostJson.AsEnumerable().Select(entry => KeyValuePair.Create($"{Root}:{entry.Key}", entry.Value)));
        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(options.Settings.Select(entry =>
            KeyValuePair.Create(entry.Key.Replace("__", ":", StringComparison.Ordinal), (string?)entry.Value)));
        configuration.AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsConfigurationSection", (string?)Root)]);
    }

    private sealed class OneType(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class Activator(Func<string, TypedData, CancellationToken, Task> invoke) : IJobActivator
    {
        public T CreateInstance<T>()
        {
            T instance = System.Activator.CreateInstance<T>();
            ((QueueJobs)(object)instance!).Invoke = invoke;
            return instance;
        }
    }

    /// <summary>Ctrl-C belongs to the process that runs this, not to the listener in it.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
