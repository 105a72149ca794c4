using Courier.Configuration;
using Courier.LocalHost.Demo;
using Courier.LocalHost.Surroundings;
using Courier.Storage;
using Courier.WorkerHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.LocalHost.Worker;

/// <summary>Publishes src/Functions as for a deployment, runs it behind the Functions host's protocol, and shows what it logs.</summary>
internal sealed class WorkerRun(LocalSettings settings, IConfiguration configuration, IOptions<QueueOptions> queues, ProcessEnd end, IEnumerable<DemoRun> demo) : IHostedService
{
    private static readonly string s_project = Path.Combine(Repository.Root.FullName, "src", "Functions");

    private HostedWorker? _worker;
    private volatile bool _isStopping;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(s_project, "bin", "published");
        Console.WriteLine("Publishing src/Functions …");
        await PublishedApp.PublishAsync(s_project, folder, cancellationToken);
        WorkerJournal journal = new();
        journal.Logged += Show;
        _worker = await HostedWorker.StartAsync(new HostedWorkerOptions { AppFolder = folder, Settings = Settings() }, journal, cancellationToken);
        _ = EndWithWorkerAsync(_worker);
        Console.WriteLine($"The worker runs: {string.Join(", ", _worker.Functions.Select(function => function.Name))}.\n");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (_worker is null)
            return;
        await _worker.StopAsync(cancellationToken);
        await _worker.DisposeAsync();
    }

    /// <summary>Only what differs from the environment, which the worker inherits. How much is logged is the worker's own business: its lines are all that is seen.</summary>
    private Dictionary<string, string> Settings()
    {
        Dictionary<string, string> environment = settings.Names
            .Where(name => !name.StartsWith("Logging:", StringComparison.Ordinal) && configuration[name] is not null)
            .ToDictionary(name => name.Replace(":", "__", StringComparison.Ordinal), name => configuration[name]!);
        environment["RequestQueue"] = queues.Value.RequestName;
        environment["PoisonQueue"] = queues.Value.PoisonName;
        return environment;
    }

    private void Show(LogLine line)
    {
        bool isOurs = line.Source == LogSource.Worker && line.Category.StartsWith("Courier.", StringComparison.Ordinal);
        if (isOurs || line.Level >= LogLevel.Warning)
            Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {(line.Level >= LogLevel.Warning ? $"{line.Level}: " : "")}{line.Message}");
        if (isOurs && SettledLine.Parse(line.Message) is { } settled)
        {
            foreach (DemoRun run in demo)
                run.Observe(settled);
        }
    }

    private async Task EndWithWorkerAsync(HostedWorker worker)
    {
        await worker.Ended;
        if (!_isStopping)
            end.End(1);
    }
}
