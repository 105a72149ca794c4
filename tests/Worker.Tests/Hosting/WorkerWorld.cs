using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Courier.ApiSimulator;
using Courier.AzureStorage;
using Courier.Contracts;
using Courier.Storage;
using Courier.WorkerHost;
using Microsoft.Extensions.Options;

namespace Courier.Worker.Tests.Hosting;

/// <summary>A storage emulator, a simulated API, and the published worker between them.</summary>
internal sealed class WorkerWorld : IAsyncDisposable
{
    public const string Key = "worker-tests-key-8f14e45fceea167a";

    private static readonly SimulatorOptions s_unlimited = new() { Key = Key, QuotaLimit = 1_000_000 };

    private readonly Dictionary<string, string> _settings;
    private readonly string _appFolder;

    private WorkerWorld(Azurite emulator, SimulatedApi api, string appFolder, Dictionary<string, string> settings)
    {
        (Emulator, Api, _appFolder, _settings) = (emulator, api, appFolder, settings);
        StorageAccount account = new(Options.Create(new StorageAccountOptions { ConnectionString = emulator.ConnectionString }));
        Storage = new CourierStorage(account, Options.Create(new QueueOptions()));
    }

    public Azurite Emulator { get; }

    public SimulatedApi Api { get; }

    public CourierStorage Storage { get; }

    public WorkerJournal Journal { get; } = new();

    /// <param name="settings">By their environment names; on top of short waits.</param>
    public static Task<WorkerWorld> CreateAsync(string appFolder, params (string Name, string Value)[] settings) =>
        CreateAsync(appFolder, s_unlimited, settings);

    /// <inheritdoc cref="CreateAsync(string, ValueTuple{string, string}[])"/>
    public static Task<WorkerWorld> CreateAsync(string appFolder, SimulatorOptions simulator, params (string Name, string Value)[] settings) =>
        CreateAsync(appFolder, new Azurite(), simulator, settings);

    /// <inheritdoc cref="CreateAsync(string, ValueTuple{string, string}[])"/>
    public static Task<WorkerWorld> CreateAsync(string appFolder, Azurite emulator, params (string Name, string Value)[] settings) =>
        CreateAsync(appFolder, emulator, s_unlimited, settings);

    private static async Task<WorkerWorld> CreateAsync(string appFolder, Azurite emulator, SimulatorOptions simulator, (string Name, string Value)[] settings)
    {
        await emulator.StartAsync();
        SimulatedApi api = await SimulatedApi.StartAsync(simulator);
        WorkerWorld world = new(emulator, api, appFolder, TestSettings.Of(emulator.ConnectionString, api.BaseAddress, Key));
        foreach ((string name, string value) in settings)
            world._settings[name] = value;
        await world.Storage.EnsureExistsAsync(CancellationToken.None);
        return world;
    }

    /// <summary>The timers run by hand only, so that no minute's turn changes what a test sees.</summary>
    public Task<HostedWorker> StartAsync() => HostedWorker.StartAsync(
        new HostedWorkerOptions { AppFolder = _appFolder, Settings = _settings, RunsTimers = false }, Journal, TestContext.Current.CancellationToken);

    public Task PostAsync(params IEnumerable<string> messages) =>
        Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (message, cancellationToken) =>
            await Storage.Requests.SendAsync(Encoding.UTF8.GetBytes(message), TimeSpan.Zero, cancellationToken));

    /// <summary>Waits until no request is left, visible or hidden.</summary>
    public async Task SettledAsync(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        while (await Storage.Requests.CountAsync(CancellationToken.None) is var left && left + await Storage.Poison.CountAsync(CancellationToken.None) > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < patience, $"{left} requests are still queued after {patience}:\n{Journal.Text()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    public async Task CallsAsync(int count)
    {
        long start = Stopwatch.GetTimestamp();
        while (Api.Requests.Count < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(120), $"{Api.Requests.Count} of {count} calls:\n{Journal.Text()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Takes all messages of a queue.</summary>
    public static async Task<IReadOnlyList<JsonElement>> DrainAsync(IMessageQueue queue)
    {
        List<JsonElement> messages = [];
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } batch)
            messages.AddRange(batch.Select(message => JsonElement.Parse(message.Body.Span)));
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
