using System.Text;
using Courier.ApiSimulator;
using Courier.LocalHost.Listening;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Bench.Memory;

/// <summary>(c) 20,000 messages through the listener and real HTTP to the simulator: the memory in use after each quarter of the first 5,000 on.</summary>
internal static class MemoryGrowth
{
    private const int Step = 2_500;
    private const int Steps = 8;

    public static async Task<bool> RunAsync()
    {
        Console.WriteLine($"memory, growth: {Step * Steps} messages through the listener and real HTTP; live bytes after each {Step}");
        await using SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions { Key = BenchCourier.ApiKey, QuotaLimit = 10_000_000, MaxLoggedRequests = 1000 });
        await using ServiceProvider services = BenchCourier.Create(new InMemoryStorage(TimeProvider.System), api.BaseAddress);
        CourierStorage storage = services.GetRequiredService<CourierStorage>();
        ListenerContext context = new(TimeProvider.System, NullLogger<QueueListener>.Instance);
        using QueueListener listener = new(storage.Requests, storage.Poison, services.GetRequiredService<RequestProcessor>().ProcessAsync, new ListenerOptions(), context);
        await listener.StartAsync(CancellationToken.None);

        List<double> live = [];
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < Step; i++)
                await storage.Requests.SendAsync(Encoding.UTF8.GetBytes("""{"method":"GET","path":"/companies/example.com"}"""), TimeSpan.Zero, CancellationToken.None);
            await EmptyAsync(storage);
            live.Add(GC.GetTotalMemory(forceFullCollection: true) / 1024.0 / 1024.0);
            Console.WriteLine($"  after {(step + 1) * Step,6}: {live[^1]:0.00} MB");
        }

        await listener.StopAsync(CancellationToken.None);
        double first = live[1];
        return Verdict.Print("most in use after the first 5,000, against then", live.Skip(2).Max() / first, "x", 1.1, isUpper: true);
    }

    /// <summary>Waits until each request is gone, taking its result.</summary>
    private static async Task EmptyAsync(CourierStorage storage)
    {
        int results = 0;
        while (results < Step)
        {
            IReadOnlyList<QueuedMessage> batch = await storage.Results.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None);
            foreach (QueuedMessage message in batch)
                await storage.Results.DeleteAsync(message, CancellationToken.None);
            results += batch.Count;
            if (batch.Count == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
