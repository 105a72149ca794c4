using System.Diagnostics;
using System.Globalization;
using Courier.ApiSimulator;
using Courier.AzureStorage;
using Courier.Contracts;
using Courier.LocalHost.Listening;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Courier.Bench.Operations;

/// <summary>
/// (h) A redrive of 5,000 dead letters, or as many as are asked for, each a POST, while Courier works. Half way <c>courier</c> is killed, and the same command begun again.
/// What the API saw is counted: each request once, and in no window more than its quota, which is an hour's, compressed.
/// </summary>
internal static class KilledRedriveBenchmark
{
    public const int Usual = 5_000;

    private const int Limit = 1_000;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_often = TimeSpan.FromMilliseconds(20);
    private static readonly string[] s_redrive = ["dead-letters", "redrive", "--all", "--all-at-once", "--yes"];

    public static async Task<bool> RunAsync(int count)
    {
        Console.WriteLine($"killed redrive: {count:N0} dead letters, courier killed half way and begun again, at a quota of {Limit:N0} calls in {s_window.TotalSeconds:0} s");
        await using Azurite emulator = new();
        await emulator.StartAsync();
        await using SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions { Key = BenchCourier.ApiKey, QuotaLimit = Limit, QuotaWindow = s_window });
        StorageAccount account = new(Options.Create(new StorageAccountOptions { ConnectionString = emulator.ConnectionString }));
        (string, string)[] quota = [("Quota:Limit", Limit.ToString(CultureInfo.InvariantCulture)), ("Quota:Window", s_window.ToString()), ("Quota:Reserve", "0")];
        await using ServiceProvider services = BenchCourier.Create(account, api.BaseAddress, settings: quota);
        CourierStorage storage = services.GetRequiredService<CourierStorage>();
        await storage.EnsureExistsAsync(CancellationToken.None);
        await DeadLetterFilling.WriteAsync(account, 0, count, Request);

        ListenerContext context = new(TimeProvider.System, NullLogger<QueueListener>.Instance);
        using QueueListener listener = new(storage.Requests, storage.Poison, services.GetRequiredService<RequestProcessor>().ProcessAsync, new ListenerOptions(), context);
        await listener.StartAsync(CancellationToken.None);
        long begun = Stopwatch.GetTimestamp();
        int sent = await KillAsync(emulator.ConnectionString, api, storage, count / 2);
        ToolRun again = await ToolRun.MeasureAsync(emulator.ConnectionString, s_redrive);
        await EmptyAsync(storage);
        double took = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await listener.StopAsync(CancellationToken.None);

        Console.WriteLine($"  killed after {sent:N0} were sent; begun again: {again.Last} All were called within {took:0} s");
        return await JudgeAsync(api.Requests, storage, count);
    }

    private static string Request(int i) => $$$"""{"id":"{{{DeadLetterFilling.IdOf(i)}}}","method":"POST","path":"/portfolios?n={{{i}}}","body":{"name":"{{{i}}}"},"reply":false}""";

    /// <returns>How many had been sent.</returns>
    private static async Task<int> KillAsync(string connection, SimulatedApi api, CourierStorage storage, int half)
    {
        using Process redrive = ToolRun.Start(connection, s_redrive);
        int sent;
        while ((sent = api.Requests.Count + await storage.Requests.CountAsync(CancellationToken.None)) < half)
        {
            if (redrive.HasExited)
                throw new InvalidOperationException($"courier ended before it was killed: {await redrive.StandardOutput.ReadToEndAsync()}{await redrive.StandardError.ReadToEndAsync()}");
            await Task.Delay(s_often, TimeProvider.System);
        }

        redrive.Kill(); // SIGKILL
        await redrive.WaitForExitAsync();
        return sent;
    }

    private static async Task<bool> JudgeAsync(IReadOnlyList<LoggedRequest> calls, CourierStorage storage, int count)
    {
        int different = calls.Select(call => call.Path).Distinct(StringComparer.Ordinal).Count();
        int left = await storage.DeadLetterRecords.ListAsync("", CancellationToken.None).CountAsync();
        bool holds = Verdict.Print("called at all", different, "", count, isUpper: false);
        holds &= Verdict.Print("calls", calls.Count, "", count, isUpper: true);
        holds &= Verdict.Print("most calls in any window, as the API saw it", RollingWindow.Most([.. calls.Select(call => call.At)], s_window), "", Limit, isUpper: true);
        holds &= Verdict.Print("calls that the API refused", calls.Count(call => call.Refused), "", 0, isUpper: true);
        return Verdict.Print("dead letters left", left, "", 0, isUpper: true) && holds;
    }

    private static async Task EmptyAsync(CourierStorage storage)
    {
        while (await storage.Requests.CountAsync(CancellationToken.None) > 0)
            await Task.Delay(s_often, TimeProvider.System);
    }
}
