using System.Text;
using Courier.AzureStorage;
using Courier.Contracts;
using Courier.Storage;
using Courier.WorkerHost;
using Microsoft.Extensions.Options;

namespace Courier.Bench.Memory;

/// <summary>The published worker with its own emulator, as a process whose peak of memory is read from the system.</summary>
internal sealed class MeasuredWorker : IAsyncDisposable
{
    private const string Queue = "api-requests";
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Azurite _emulator = new();
    private readonly WorkerJournal _journal = new();
    private HostedWorker? _worker;

    private MeasuredWorker()
    {
    }

    private IMessageQueue Requests { get; set; } = null!;

    /// <summary>Requests that have been handled; timers run beside them.</summary>
    private int Handled => _journal.Runs.Count(run => run.Function == "ProcessRequest");

    public static async Task<MeasuredWorker> StartAsync(string appFolder, Uri api, params (string Name, string Value)[] settings)
    {
        MeasuredWorker measured = new();
        await measured._emulator.StartAsync();
        measured.Requests = new StorageAccount(Options.Create(new StorageAccountOptions { ConnectionString = measured._emulator.ConnectionString })).Queue(Queue);
        await measured.Requests.EnsureExistsAsync(CancellationToken.None);
        Dictionary<string, string> all = new()
        {
            ["AzureWebJobsStorage"] = measured._emulator.ConnectionString,
            ["RequestQueue"] = Queue,
            ["PoisonQueue"] = $"{Queue}-poison",
            ["Api__BaseUrl"] = api.ToString(),
            ["Api__Key"] = BenchCourier.ApiKey,
        };
        foreach ((string name, string value) in settings)
            all[name] = value;
        measured._worker = await HostedWorker.StartAsync(new HostedWorkerOptions { AppFolder = appFolder, Settings = all }, measured._journal, CancellationToken.None);
        return measured;
    }

    public Task PostAsync(int count, Func<int, string> message) => Parallel.ForAsync(0, count, async (number, cancellationToken) =>
        await Requests.SendAsync(Encoding.UTF8.GetBytes(message(number)), TimeSpan.Zero, cancellationToken));

    /// <summary>Waits until so many have been handled, or none more for a minute.</summary>
    /// <exception cref="InvalidOperationException">They were not handled: something else was measured.</exception>
    public async Task HandledAsync(int count)
    {
        int looks = 0;
        for (int handled = Handled; handled < count;)
        {
            await Task.Delay(s_look, TimeProvider.System);
            int now = Handled;
            looks = now == handled ? looks + 1 : 0;
            if (looks > s_patience / s_look)
                throw new InvalidOperationException($"Only {now} of {count} were handled.");
            handled = now;
        }
    }

    /// <inheritdoc cref="Peak.OfAsync"/>
    public async Task<double> PeakAsync() => await Peak.OfAsync(await _worker!.WorkerProcessIdAsync(CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        await _emulator.DisposeAsync();
    }
}
