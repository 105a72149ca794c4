using System.Text.Json;
using Courier.Configuration;
using Courier.Messages;
using Courier.Schedules;
using Courier.Storage;
using Microsoft.Extensions.Hosting;

namespace Courier.LocalHost.Examples;

/// <summary>In place of the timer: lets the example's schedule run once, counts what has come of it, and ends the process.</summary>
internal sealed class PortfolioRun(
    PortfolioWatch watch, ScheduleRunner runner, CourierStorage storage, ProcessEnd end, TimeProvider time) : BackgroundService
{
    /// <summary>Long enough to read the queue to its end.</summary>
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A schedule begins when it is first seen. One that is known from an earlier run, and has missed a tick since, runs at once.
        await runner.RunAsync(stoppingToken);
        while (watch.Run is null)
            await RunNextTickAsync(stoppingToken);
        await watch.Ended.WaitAsync(stoppingToken);

        PortfolioSummary summary = PortfolioSummary.Of(watch.Run, await ReadResultsAsync(stoppingToken), PortfolioExample.Companies);
        Console.WriteLine($"\n{summary.Text(storage.Results.Name)}");
        end.End(summary is { Missing: 0, Twice: 0 } ? 0 : 1);
    }

    private async Task RunNextTickAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset next = watch.Schedule.Cron.Next(now)!.Value;
        Console.WriteLine($"The schedule \"{watch.Schedule.Name}\" is set: next run at {TimeZoneInfo.ConvertTime(next, time.LocalTimeZone):HH:mm:ss}.\n");
        await Task.Delay(next - now, time, stoppingToken);
        await runner.RunAsync(stoppingToken);
    }

    /// <summary>Reads the whole queue and leaves everything there.</summary>
    private async Task<IReadOnlyList<CompletedCall>> ReadResultsAsync(CancellationToken cancellationToken)
    {
        List<QueuedMessage> messages = [];
        while (await storage.Results.ReceiveAsync(32, s_lease, cancellationToken) is { Count: > 0 } batch)
            messages.AddRange(batch);
        foreach (QueuedMessage message in messages)
            await storage.Results.RenewAsync(message, TimeSpan.Zero, cancellationToken);
        return [.. messages.Select(message => JsonSerializer.Deserialize(message.Body.Span, MessageJson.Format.CompletedCall)!)];
    }
}
