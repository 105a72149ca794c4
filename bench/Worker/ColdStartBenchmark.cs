using System.Diagnostics;
using Courier.WorkerHost;

namespace Courier.Bench.Worker;

/// <summary>From the start of the worker's process to the first settled request, which waits on the queue already: published as it is, and compiled as it runs. In turns within one run.</summary>
internal static class ColdStartBenchmark
{
    private const int Rounds = 9;

    public static async Task<bool> RunAsync()
    {
        Console.WriteLine("cold: from the start of the worker's process to the first settled request, on the storage emulator");
        await using WorkerBench bench = await WorkerBench.StartAsync();
        string compiled = await WorkerBench.PublishAsync(["src", "Functions"]), plain = await WorkerBench.PublishAsync(["src", "Functions"], "-p:PublishReadyToRun=false");
        try
        {
            List<(TimeSpan Ready, TimeSpan Settled)> ahead = [], asItRuns = [];
            for (int round = -1; round < Rounds; round++)
            {
                (TimeSpan, TimeSpan) one = await bench.StartOnceAsync("ahead", compiled), other = await bench.StartOnceAsync("as-it-runs", plain);
                if (round < 0)
                    continue; // the files are read from the disk
                ahead.Add(one);
                asItRuns.Add(other);
            }

            Print("compiled ahead of time", ahead, compiled);
            Print("compiled as it runs", asItRuns, plain);
            return Verdict.Print("to the first settled request, ahead / as it runs", Median(ahead.Select(start => start.Settled)) / Median(asItRuns.Select(start => start.Settled)), "x", 0.7, isUpper: true);
        }
        finally
        {
            Directory.Delete(compiled, recursive: true);
            Directory.Delete(plain, recursive: true);
        }
    }

    private static void Print(string what, List<(TimeSpan Ready, TimeSpan Settled)> starts, string folder)
    {
        double megabytes = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1e6;
        Console.WriteLine($"  {what}: functions loaded in {Median(starts.Select(start => start.Ready)):0.00} s, first request settled in {Median(starts.Select(start => start.Settled)):0.00} s "
            + $"({starts.Min(start => start.Settled).TotalSeconds:0.00} to {starts.Max(start => start.Settled).TotalSeconds:0.00}); {megabytes:0} MB");
    }

    private static double Median(IEnumerable<TimeSpan> times) => times.Order().ElementAt(Rounds / 2).TotalSeconds;
}
