using Courier.ApiSimulator;

namespace Courier.Bench.Worker;

/// <summary>The published worker behind the Functions host's queue listener: how its batches are set, and beside an app of platform defaults. In turns within one run.</summary>
internal static class WorkerBenchmark
{
    private const int Rounds = 5;
    private const int SlowMessages = 300;
    private const int FastMessages = 1_000;
    private const string Batch = "AzureFunctionsJobHost__extensions__queues__batchSize";
    private const string Threshold = "AzureFunctionsJobHost__extensions__queues__newBatchThreshold";

    public static async Task<bool> RunAsync()
    {
        Console.WriteLine("worker: messages a second through the published worker and the Functions host's queue listener, on the storage emulator");
        await using WorkerBench bench = await WorkerBench.StartAsync();
        bench.Script(new Fault { Match = "*?slow", Delay = TimeSpan.FromSeconds(0.3) });
        await using SilentCollector collector = await SilentCollector.StartAsync();
        string courierApp = await WorkerBench.PublishAsync(["src", "Functions"]), defaultsApp = await WorkerBench.PublishAsync(["bench", "DefaultsApp"]);
        try
        {
            BenchedWorker courier = await bench.AddAsync("courier", courierApp, (Batch, "8"), (Threshold, "16"));
            bool holds = await CompareAsync(courier, await bench.AddAsync("courier-16-8", courierApp, (Batch, "16"), (Threshold, "8")), SlowMessages, "/companies/example.com?slow", "batches of 8 + 16 / 16 + 8, API answers after 0.3 s", 1.3);
            holds &= await CompareAsync(await bench.AddAsync("telemetry", courierApp, [(Batch, "8"), (Threshold, "16"), .. collector.Settings]), courier, FastMessages, "/companies/example.com", "with telemetry / without, API answers at once", 1 / 1.1);
            return await CompareAsync(courier, await bench.AddAsync("defaults", defaultsApp), FastMessages, "/companies/example.com", "Courier / platform defaults, API answers at once", 0.95) & holds;
        }
        finally
        {
            Directory.Delete(courierApp, recursive: true);
            Directory.Delete(defaultsApp, recursive: true);
        }
    }

    private static async Task<bool> CompareAsync(BenchedWorker one, BenchedWorker other, int messages, string path, string what, double bound)
    {
        List<double> ratios = [];
        for (int round = -1; round < Rounds; round++)
        {
            double first = await one.MeasureAsync(messages, path), second = await other.MeasureAsync(messages, path);
            if (round < 0)
                continue; // warming up
            ratios.Add(first / second);
            Console.WriteLine($"  {one.Name} {first:0.0} a second, {other.Name} {second:0.0} a second: {first / second:0.00}");
        }

        return Verdict.Print(what, ratios.Order().ElementAt(Rounds / 2), "x", bound, isUpper: false);
    }
}
