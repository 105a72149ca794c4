using System.Globalization;
using Courier.Bench.Worker;

namespace Courier.Bench.Memory;

/// <summary>
/// (c) What a process takes at the worst that may come, a process a case, its peak as the system counts it: the published worker, and the local host where
/// messages are many. Then whether it grows.
/// </summary>
internal static class MemoryBenchmark
{
    /// <summary>What the smallest plan gives an instance, in MiB.</summary>
    private const double Bound = 512;

    private const int Tiny = 100_000;
    private const int Pages = 1_000;
    private const int DeadLetters = 10_000;

    private static readonly (string Name, string Value)[] s_unpaced = [("Quota__Limit", "1000000000"), ("Quota__MaxRate", "100000")];

    private static readonly Dictionary<string, Func<Lazy<Task<string>>, Task<bool>>> s_cases = new(StringComparer.Ordinal)
    {
        ["bulk"] = app => BulkAsync(app, "/bulk", "24 answers of 256 MiB in flight"),
        ["bulk-error"] = app => BulkAsync(app, "/bulk-error", "24 errors of 256 MiB in flight"),
        ["bulk-br"] = app => BulkAsync(app, "/bulk-br", "24 answers of 256 MiB in br with a window of 4 MiB in flight"),
        ["bulk-zstd"] = app => BulkAsync(app, "/bulk-zstd", "24 answers of 256 MiB in zstd with a window of 8 MiB in flight"),
        ["bombs"] = BombsAsync,
        ["pages"] = PagesAsync,
        ["dead-letters"] = _ => DeadLettersAsync(),
        ["tiny"] = _ => TinyAsync(),
        ["growth"] = _ => MemoryGrowth.RunAsync(),
    };

    /// <param name="cases">Some of them; none for all.</param>
    public static async Task<bool> RunAsync(params string[] cases)
    {
        if (cases.FirstOrDefault(name => !s_cases.ContainsKey(name)) is { } unknown)
            throw new ArgumentException($"There is no case '{unknown}'; there are {string.Join(", ", s_cases.Keys)}.");
        Console.WriteLine("memory: the most that a process has in memory at once, a process a case: the published worker with default settings, the local host where messages are many");
        Lazy<Task<string>> app = new(() => WorkerBench.PublishAsync(["src", "Functions"]));
        try
        {
            bool holds = true;
            foreach ((string name, Func<Lazy<Task<string>>, Task<bool>> run) in s_cases)
            {
                if (cases.Length == 0 || cases.Contains(name, StringComparer.Ordinal))
                    holds &= await run(app);
            }

            return holds;
        }
        finally
        {
            if (app.IsValueCreated)
                Directory.Delete(await app.Value, recursive: true);
        }
    }

    private static async Task<bool> BulkAsync(Lazy<Task<string>> app, string path, string what)
    {
        await using HeavyApi api = await HeavyApi.StartAsync();
        await using MeasuredWorker worker = await MeasuredWorker.StartAsync(await app.Value, api.Address);
        await worker.PostAsync(HeavyApi.InFlight * 2, number => Get($"{path}", number));
        await worker.HandledAsync(HeavyApi.InFlight * 2);
        Console.WriteLine($"  {api.MostAtOnce} stood half sent at once");
        return await PrintAsync(worker, what);
    }

    private static async Task<bool> BombsAsync(Lazy<Task<string>> app)
    {
        await using HeavyApi api = await HeavyApi.StartAsync();
        await using MeasuredWorker worker = await MeasuredWorker.StartAsync(await app.Value, api.Address, s_unpaced);
        await worker.PostAsync(HeavyApi.InFlight * 4, number => Get("/bomb", number));
        await worker.HandledAsync(HeavyApi.InFlight * 4);
        return await PrintAsync(worker, "96 decompression bombs of 1,000:1, 24 at once");
    }

    private static async Task<bool> PagesAsync(Lazy<Task<string>> app)
    {
        await using HeavyApi api = await HeavyApi.StartAsync();
        await using MeasuredWorker worker = await MeasuredWorker.StartAsync(await app.Value, api.Address, [("Api__MaxPages", Pages.ToString(CultureInfo.InvariantCulture)), .. s_unpaced]);
        await worker.PostAsync(1, _ => """{"id":"list","method":"GET","path":"/pages","paginate":true}""");
        await worker.HandledAsync(Pages);
        return await PrintAsync(worker, $"a list of {api.Pages:N0} pages of 100 KiB");
    }

    private static async Task<bool> DeadLettersAsync()
    {
        await using HeavyApi api = await HeavyApi.StartAsync();
        (double peak, TimeSpan time) = await Flood.StartAsync(api.Address, DeadLetters, isDead: true);
        return Print($"{DeadLetters:N0} dead letters, {DeadLetters / time.TotalMinutes:N0} a minute", peak);
    }

    private static async Task<bool> TinyAsync()
    {
        await using HeavyApi api = await HeavyApi.StartAsync();
        (double peak, TimeSpan time) = await Flood.StartAsync(api.Address, Tiny, isDead: false);
        return Print($"{Tiny:N0} tiny messages, {Tiny / time.TotalSeconds:N0} a second", peak);
    }

    private static bool Print(string what, double peak) => Verdict.Print(what, peak, "MiB", Bound, isUpper: true);

    private static async Task<bool> PrintAsync(MeasuredWorker worker, string what) => Print(what, await worker.PeakAsync());

    private static string Get(string path, int number) => $$"""{"id":"r{{number}}","method":"GET","path":"{{path}}"}""";
}
