using System.Diagnostics;
using System.Globalization;
using System.Text;
using Courier.LocalHost.Listening;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Bench.Memory;

/// <summary>
/// Many messages through the local host, in a process of its own, on storage in memory: an emulator on the same machine would be the limit. What is written is
/// taken away, as whoever reads results and dead letters does.
/// </summary>
internal static class Flood
{
    /// <summary>The word that tells a process of this program that it is one.</summary>
    public const string Word = "memory-flood";

    private const int MostWaiting = 4_000;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts a process that does it.</summary>
    /// <param name="isDead">Half of the messages are refused by the reader, half by the API; else all succeed.</param>
    /// <returns>The most that the process had in memory at once, in MiB, and how long it took.</returns>
    public static async Task<(double Peak, TimeSpan Time)> StartAsync(Uri api, int count, bool isDead)
    {
        ProcessStartInfo start = new("dotnet", [typeof(Flood).Assembly.Location, Word, api.ToString(), count.ToString(CultureInfo.InvariantCulture), isDead.ToString()]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] said = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (double.Parse(said[0], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(said[1], CultureInfo.InvariantCulture)))
            : throw new InvalidOperationException($"The process ended with {process.ExitCode}.");
    }

    /// <summary>Does it in this process, and says on standard output what it took.</summary>
    public static async Task RunAsync(Uri api, int count, bool isDead)
    {
        await using ServiceProvider services = BenchCourier.Create(new InMemoryStorage(TimeProvider.System), api);
        CourierStorage storage = services.GetRequiredService<CourierStorage>();
        ListenerContext context = new(TimeProvider.System, NullLogger<QueueListener>.Instance);
        using QueueListener listener = new(storage.Requests, storage.Poison, services.GetRequiredService<RequestProcessor>().ProcessAsync, new ListenerOptions(), context);
        await listener.StartAsync(CancellationToken.None);
        long start = Stopwatch.GetTimestamp();
        Task posting = PostAsync(storage.Requests, count, isDead);
        int taken = 0;
        while (taken < count)
        {
            await Task.Delay(s_look, TimeProvider.System);
            taken += await TakeAsync(storage.Results) + await TakeAsync(storage.DeadLetters);
            await foreach (string blob in storage.DeadLetterRecords.ListAsync("", CancellationToken.None))
                await storage.DeadLetterRecords.DeleteAsync(blob, CancellationToken.None);
        }

        await posting;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await listener.StopAsync(CancellationToken.None);
        Console.WriteLine((await Peak.OfAsync(Environment.ProcessId)).ToString(CultureInfo.InvariantCulture));
        Console.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task PostAsync(IMessageQueue queue, int count, bool isDead)
    {
        for (int number = 0; number < count; number++)
        {
            while (number % 100 == 0 && await queue.CountAsync(CancellationToken.None) > MostWaiting)
                await Task.Delay(s_look, TimeProvider.System);
            string message = !isDead ? $$"""{"id":"r{{number}}","method":"GET","path":"/a"}"""
                : number % 2 == 0 ? $$"""{"id":"r{{number}}","method":"GET","path":"/missing"}"""
                : $$"""{"id":"r{{number}}","method":"get","path":"//evil.test"}""";
            await queue.SendAsync(Encoding.UTF8.GetBytes(message), TimeSpan.Zero, CancellationToken.None);
        }
    }

    private static async Task<int> TakeAsync(IMessageQueue queue)
    {
        int taken = 0;
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } messages)
        {
            foreach (QueuedMessage message in messages)
                await queue.DeleteAsync(message, CancellationToken.None);
            taken += messages.Count;
        }

        return taken;
    }
}
