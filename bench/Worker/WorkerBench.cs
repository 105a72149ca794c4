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
    public static async Task<string> PublishAsync(params string[] project)
    {
        string folder = Directory.CreateTempSubdirectory("courier-bench-").FullName;
        await PublishedApp.PublishAsync(Repository.PathOf(project), folder, CancellationToken.None);
        return folder;
    }

    public async Task<BenchedWorker> AddAsync(string name, string appFolder, params (string Name, string Value)[] settings)
    {
        IMessageQueue queue = _account.Queue(name);
        await queue.EnsureExistsAsync(CancellationToken.None);
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
        WorkerJournal journal = new();
        HostedWorkerOptions options = new() { AppFolder = appFolder, Settings = all, RunsTimers = false };
        BenchedWorker worker = new(name, queue, await HostedWorker.StartAsync(options, journal, CancellationToken.None), journal);
        _workers.Add(worker);
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BenchedWorker worker in _workers)
            await worker.StopAsync();
        await _api.DisposeAsync();
        await _emulator.DisposeAsync();
    }
}
