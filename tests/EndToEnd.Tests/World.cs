using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Courier.ApiSimulator;
using Courier.AzureStorage;
using Courier.Contracts;
using Courier.Operations.Accounting;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.EndToEnd.Tests;

/// <summary>A storage emulator whose content outlives a restart, a simulated API, and the means to start Courier between them.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Key = "end-to-end-key-8f14e45fceea167a";

    private World(Azurite emulator, SimulatedApi api, CourierStorage storage) => (Emulator, Api, Storage) = (emulator, api, storage);

    public Azurite Emulator { get; }

    public SimulatedApi Api { get; }

    public CourierStorage Storage { get; }

    public static async Task<World> CreateAsync(SimulatorOptions? options = null)
    {
        Azurite emulator = Azurite.WithDataFolder();
        await emulator.StartAsync();
        SimulatedApi api = await SimulatedApi.StartAsync(options ?? new SimulatorOptions { Key = Key, QuotaLimit = 1_000_000 });
        StorageAccount account = new(Options.Create(new StorageAccountOptions { ConnectionString = emulator.ConnectionString }));
        CourierStorage storage = new(account, Options.Create(new QueueOptions()));
        await storage.EnsureExistsAsync(CancellationToken.None);
        return new World(emulator, api, storage);
    }

    /// <param name="settings">By their environment names; on top of short waits.</param>
    public CourierProcess StartCourier(params (string Name, string Value)[] settings)
    {
        Dictionary<string, string> environment = new()
        {
            ["Api__Key"] = Key,
            ["Resilience__BaseDelay"] = "00:00:00.050",
            ["Resilience__BreakerMinimumThroughput"] = "1000000",
            ["Routing__BaseDelay"] = "00:00:01",
            ["Routing__MaxAttempts"] = "2",
            ["Quota__Limit"] = "1000000000",
            ["Quota__MaxRate"] = "100000",
        };
        foreach ((string name, string value) in settings)
            environment[name] = value;
        return CourierProcess.Start(["--storage", Emulator.ConnectionString, "--api", Api.BaseAddress.ToString(), "--no-demo"], environment);
    }

    public Task PostAsync(IEnumerable<string> messages) =>
        Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (message, cancellationToken) =>
            await Storage.Requests.SendAsync(Encoding.UTF8.GetBytes(message), TimeSpan.Zero, cancellationToken));

    /// <summary>Waits until no request is left, visible or hidden.</summary>
    public async Task SettledAsync(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        while (await Storage.Requests.CountAsync(CancellationToken.None) is var left && left + await Storage.Poison.CountAsync(CancellationToken.None) > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < patience, $"{left} requests are still queued after {patience}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Where all of these are.</summary>
    /// <param name="received">Ids of the results that were taken.</param>
    public Task<Account> AccountAsync(IEnumerable<string> accepted, IEnumerable<string> received) => Accounts.OfAsync(Storage, accepted, received);

    /// <summary>Takes all messages of a queue, as text.</summary>
    public static async Task<List<string>> DrainAsync(IMessageQueue queue)
    {
        List<string> texts = [];
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } batch)
            texts.AddRange(batch.Select(message => Encoding.UTF8.GetString(message.Body.Span)));
        return texts;
    }

    public static IEnumerable<string> Ids(IEnumerable<string> messages) => messages.Select(text => JsonElement.Parse(text).GetProperty("id").GetString()!);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
