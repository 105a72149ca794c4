using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Courier.ApiSimulator;
using Courier.AzureStorage;
using Courier.Contracts;
using Courier.LocalHost.Listening;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Courier.Bench;

/// <summary>
/// (b) The local host's listener and the whole of Courier on the emulator, against a bare loop that receives, makes the same HTTP call and deletes:
/// the same batches, the same number in flight, the same storage work (the requests want no reply), in turns within one run.
/// </summary>
internal static class HostBenchmark
{
    private const int Messages = 1_000;
    private const int Rounds = 5;

    public static async Task<bool> RunAsync()
    {
        Console.WriteLine($"host: messages a second on the storage emulator, {Rounds} rounds of {Messages} in turns");
        await using Azurite emulator = new();
        await emulator.StartAsync();
        await using SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions { Key = BenchCourier.ApiKey, QuotaLimit = 10_000_000 });
        StorageAccount account = new(Options.Create(new StorageAccountOptions { ConnectionString = emulator.ConnectionString }));
        await using ServiceProvider services = BenchCourier.Create(account, api.BaseAddress);
        CourierStorage storage = services.GetRequiredService<CourierStorage>();
        await storage.EnsureExistsAsync(CancellationToken.None);

        List<double> ratios = [];
        for (int round = -1; round < Rounds; round++)
        {
            double bare = await BareAsync(storage.Requests, api.BaseAddress);
            double courier = await CourierAsync(services, storage);
            if (round < 0)
                continue; // warming up
            ratios.Add(courier / bare);
            Console.WriteLine($"  Courier {courier:0} a second, bare loop {bare:0} a second: {courier / bare:0.00}");
        }

        return Verdict.Print("Courier / bare loop, median", ratios.Order().ElementAt(Rounds / 2), "x", 0.85, isUpper: false);
    }

    private static async Task<double> CourierAsync(IServiceProvider services, CourierStorage storage)
    {
        await FillAsync(storage.Requests);
        RequestProcessor processor = services.GetRequiredService<RequestProcessor>();
        ListenerContext context = new(TimeProvider.System, NullLogger<QueueListener>.Instance);
        using QueueListener listener = new(storage.Requests, storage.Poison, processor.ProcessAsync, new ListenerOptions(), context);
        long start = Stopwatch.GetTimestamp();
        await listener.StartAsync(CancellationToken.None);
        await EmptyAsync(storage.Requests);
        double rate = Messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await listener.StopAsync(CancellationToken.None);
        return rate;
    }

    private static async Task<double> BareAsync(IMessageQueue queue, Uri api)
    {
        await FillAsync(queue);
        using SocketsHttpHandler network = new();
        using HttpClient client = new(network) { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", BenchCourier.ApiKey);
        ListenerOptions options = new();
        using SemaphoreSlim places = new(options.BatchSize + options.NewBatchThreshold);
        List<Task> running = [];
        long start = Stopwatch.GetTimestamp();
        while (await TakeAsync(queue, places, options) is { Count: > 0 } batch)
            running.AddRange(batch.Select(message => HandleBareAsync(queue, message, client, places)));
        await Task.WhenAll(running);
        return Messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Takes a batch as soon as there is room for a whole one.</summary>
    private static async Task<IReadOnlyList<QueuedMessage>> TakeAsync(IMessageQueue queue, SemaphoreSlim places, ListenerOptions options)
    {
        for (int i = 0; i < options.BatchSize; i++)
            await places.WaitAsync();
        IReadOnlyList<QueuedMessage> batch = await queue.ReceiveAsync(options.BatchSize, options.Lease, CancellationToken.None);
        if (batch.Count < options.BatchSize)
            places.Release(options.BatchSize - batch.Count);
        return batch;
    }

    private static async Task HandleBareAsync(IMessageQueue queue, QueuedMessage message, HttpClient client, SemaphoreSlim places)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri("/companies/example.com", UriKind.Relative));
        await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        await queue.DeleteAsync(message, CancellationToken.None);
        places.Release();
    }

    private static Task FillAsync(IMessageQueue queue) => Parallel.ForAsync(0, Messages, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellationToken) =>
        await queue.SendAsync(Encoding.UTF8.GetBytes($$"""{"id":"bench-{{i}}","method":"GET","path":"/companies/example.com","reply":false}"""), TimeSpan.Zero, cancellationToken));

    private static async Task EmptyAsync(IMessageQueue queue)
    {
        while (await queue.CountAsync(CancellationToken.None) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
    }
}
