using System.Diagnostics;
using Courier.ApiSimulator;
using Courier.AzureStorage;
using Courier.Contracts;
using Courier.Storage;
using Courier.WorkerHost;
using Microsoft.Extensions.Options;

namespace Courier.Bench.Worker;

/// <summary>An emulator, a simulated API, and published apps between them.</summary>
internal sealed class WorkerBench : IAsyncDisposable
{
    private readonly List<BenchedWorker> _workers = [];
    private readonly Azurite _emulator;
    private readonly SimulatedApi _api;
    private readonly StorageAccount _account;

    private WorkerBench(Azurite emulator, SimulatedApi api)
    {
        (_emulator, _api) = (emulator, api);
        _account = new StorageAccount(Options.Create(new StorageAccountOptions { ConnectionString = emulator.ConnectionString }));
    }

    public static async Task<WorkerBench> StartAsync()
    {
        Azurite emulator = new();
        await emulator.StartAsync();
        return new WorkerBench(emulator, await SimulatedApi.StartAsync(new SimulatorOptions { Key = BenchCourier.ApiKey, QuotaLimit = 10_000_000 }));
    }

    public void Script(Fault fault) => _api.Script(fault);

    /// <summary>Publishes a project of this repository into a folder that goes with the benchmark.</summary>
    public static async Task<string> PublishAsync(string[] project, params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("courier-bench-").FullName;
        await PublishedApp.PublishAsync(Repository.PathOf(project), folder, CancellationToken.None, options);
        return folder;
    }

    /// <summary>Starts an app for one message that waits already, and ends it.</summary>
    /// <returns>How long until its functions were loaded, and until it had settled the message.</returns>
    public async Task<(TimeSpan Ready, TimeSpan Settled)> StartOnceAsync(string name, string appFolder)
    {
        IMessageQueue queue = _account.Queue(name);
        await queue.EnsureExistsAsync(CancellationToken.None);
        await queue.SendAsync("""{"method":"GET","path":"/companies/example.com"}"""u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        WorkerJournal journal = new();
        long start = Stopwatch.GetTimestamp();
        await using HostedWorker worker = await HostedWorker.StartAsync(SettingsOf(name, appFolder), journal, CancellationToken.None);
        TimeSpan ready = Stopwatch.GetElapsedTime(start);
        while (journal.Ended == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        TimeSpan settled = Stopwatch.GetElapsedTime(start);
        await worker.StopAsync(CancellationToken.None);
        return (ready, settled);
    }

    public async Task<BenchedWorker> AddAsync(string name, string appFolder, params (string Name, string Value)[] settings)
    {
        IMessageQueue queue = _account.Queue(name);
        await queue.EnsureExistsAsync(CancellationToken.None);
        WorkerJournal journal = new();
        BenchedWorker worker = new(name, queue, await HostedWorker.StartAsync(SettingsOf(name, appFolder, settings), journal, CancellationToken.None), journal);
        _workers.Add(worker);
        return worker;
    }

    private HostedWorkerOptions SettingsOf(string name, string appFolder, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string> all = new()
        {
            ["AzureWebJobsStorage"] = _emulator.ConnectionString,
            ["RequestQueue"] = name,
            ["PoisonQueue"] = $"{name}-poison",
            ["Api__BaseUrl"] = _api.BaseAddress.ToString(),
            ["Api__Key"] = BenchCourier.ApiKey,
            ["Quota__Limit"] = "1000000000", // the ledger works as ever, and never makes anybody wait
            ["Quota__MaxRate"] = "100000",
        };
        foreach ((string setting, string value) in settings)
            all[setting] = value;
        return new HostedWorkerOptions { AppFolder = appFolder, Settings = all, RunsTimers = false };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BenchedWorker worker in _workers)
            await worker.StopAsync();
        await _api.DisposeAsync();
        await _emulator.DisposeAsync();
    }
}
