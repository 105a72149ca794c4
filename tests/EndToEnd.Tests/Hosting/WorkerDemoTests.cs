using System.Diagnostics;
using System.Text.RegularExpressions;
using Courier.ApiSimulator;
using Courier.Contracts;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>What a newcomer sees of <c>./dev run --host worker</c>: the samples through the app as it is deployed.</summary>
public sealed class WorkerDemoTests(Azurite emulator) : IClassFixture<Azurite>
{
    private const string Settled = "All samples are settled: ";

    /// <summary>Of a build, of a worker's start, and of the samples.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Samples_are_settled_by_the_published_worker_and_an_interrupt_ends_the_run_well()
    {
        await using CourierProcess courier = CourierProcess.Start(["--host", "worker", "--storage", emulator.ConnectionString], new Dictionary<string, string>());
        long start = Stopwatch.GetTimestamp();
        while (!courier.Output.Contains(Settled, StringComparison.Ordinal) && !courier.HasExited && Stopwatch.GetElapsedTime(start) < s_patience)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        int exitCode = courier.HasExited ? -1 : await courier.InterruptAsync();
        string output = courier.Output;

        Match settled = Regex.Match(output, $"{Settled}([0-9]+) completed, ([0-9]+) dead letters");
        Assert.True(settled.Success, output);
        Assert.Equal(Ids(output, "complete"), int.Parse(settled.Groups[1].Value, null));
        Assert.Equal(Ids(output, "dead-letter"), int.Parse(settled.Groups[2].Value, null));
        Assert.Contains("The worker runs: CapturePoison, ProcessRequest, RunSchedules, WatchHealth.", output, StringComparison.Ordinal);
        Assert.Matches(@"request\.settled demo-\S+-rate-limited attempt 0: rate-limited 429 -> reschedule ", output);
        Assert.Matches(@"request\.settled demo-\S+-outage-\d+ attempt \d+: circuit-open \(null\) -> reschedule ", output);
        Assert.DoesNotContain(new SimulatorOptions().Key, output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    private static int Ids(string output, string disposition) =>
        Regex.Matches(output, $@"request\.settled (demo-\S+) .* -> {disposition} ").Select(line => line.Groups[1].Value).Distinct().Count();
}
