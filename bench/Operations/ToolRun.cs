using System.Diagnostics;
using System.Globalization;
using Courier.Contracts;

namespace Courier.Bench.Operations;

/// <summary><c>courier</c> as a process, from its start to its end.</summary>
/// <param name="First">From the start to the first line.</param>
/// <param name="Memory">The most that the process held, in MB.</param>
internal sealed record ToolRun(TimeSpan Elapsed, TimeSpan First, int Lines, double Memory, string Last)
{
    private static readonly TimeSpan s_often = TimeSpan.FromMilliseconds(50);

    public static async Task<ToolRun> MeasureAsync(string connection, params string[] words)
    {
        long begun = Stopwatch.GetTimestamp();
        using Process process = Start(connection, words);
        Task<double> memory = WatchAsync(process);
        (int lines, TimeSpan first, string last) = (0, TimeSpan.Zero, "");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (lines++ == 0)
                first = Stopwatch.GetElapsedTime(begun);
            last = line;
        }

        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        ToolRun run = new(Stopwatch.GetElapsedTime(begun), first, lines, await memory, last);
        return process.ExitCode == 0 ? run : throw new InvalidOperationException($"courier {string.Join(' ', words)} ended with {process.ExitCode}: {errors}");
    }

    public static Process Start(string connection, params string[] words)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Courier.Cli.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AzureWebJobsStorage"] = connection;
        return Process.Start(start)!;
    }

    /// <summary>The kernel keeps the highest that it was, until the process ends.</summary>
    private static async Task<double> WatchAsync(Process process)
    {
        double most = 0;
        while (!process.HasExited)
        {
            most = Math.Max(most, HighWater(process.Id));
            await Task.Delay(s_often, TimeProvider.System);
        }

        return most;
    }

    private static double HighWater(int process)
    {
        try
        {
            string? line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
        }
        catch (IOException)
        {
            return 0; // it has ended
        }
    }
}
