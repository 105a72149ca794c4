using System.Diagnostics;
using System.Text.Json;
using Courier.ApiSimulator;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;
using Microsoft.Extensions.Logging;

namespace Courier.Worker.Tests;

/// <summary>What the worker's timers do, fired as the host's clock would.</summary>
public sealed class TimerTests(PublishedWorker app)
{
    [Fact]
    public async Task Schedule_becomes_a_call_and_a_result_when_it_is_due()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(
            app.Folder, ("Schedules__0__Name", "scores"), ("Schedules__0__Cron", "*/2 * * * * *"), ("Schedules__0__Request", """{"method":"GET","path":"/companies/example.com"}"""));
        await using HostedWorker worker = await world.StartAsync();

        for (int i = 0; i < 10 && await world.Storage.Results.CountAsync(TestContext.Current.CancellationToken) == 0; i++)
        {
            await worker.FireTimerAsync("RunSchedules", TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.StartsWith("scores-", (await WorkerWorld.DrainAsync(world.Storage.Results))[0].GetProperty("id").GetString(), StringComparison.Ordinal);
        AssertTold(world, "request.settled scores-", LogLevel.Information);
    }

    [Fact]
    public async Task Refused_key_is_told_at_once_and_nothing_else_is_called_with_it()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder);
        world.Api.Script(new Fault { Match = "*", Status = 401 });
        await using HostedWorker worker = await world.StartAsync();
        await world.PostAsync("""{"id":"refused","method":"GET","path":"/companies/example.com"}""");
        await world.SettledAsync(TimeSpan.FromMinutes(3));

        await worker.FireTimerAsync("WatchHealth", TestContext.Current.CancellationToken);
        await world.PostAsync("""{"id":"waits","method":"GET","path":"/companies/example.com?waits"}""");
        await AlertAsync(world, worker, "credential-rejected");

        AssertTold(world, "alert.raised credential-rejected", LogLevel.Critical);
        Assert.DoesNotContain(world.Api.Requests, call => call.Path.EndsWith("waits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outage_that_lasts_is_raised_as_an_alert_on_the_queue_and_in_the_log()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, ("Outage__SustainedFor", "00:01:00"), ("Routing__MaxAttempts", "50"), ("Routing__MaxDelay", "00:00:02"));
        world.Api.Script(new Fault { Match = "*", Status = 503 });
        await using HostedWorker worker = await world.StartAsync();
        await world.PostAsync(Enumerable.Range(0, 10).Select(i => $$"""{"id":"r{{i}}","method":"GET","path":"/companies/example.com"}"""));

        await AlertAsync(world, worker, "api-outage");

        AssertTold(world, "alert.raised api-outage", LogLevel.Critical);
        Assert.Empty(new WorkerLines(world.Journal).LostOnTheHost);
    }

    /// <summary>Fires the timer until the alert is on its queue, and once more: what a background loop has written meanwhile is told then.</summary>
    private static async Task AlertAsync(WorkerWorld world, HostedWorker worker, string kind)
    {
        long start = Stopwatch.GetTimestamp();
        List<string?> seen = [];
        while (!seen.Contains(kind))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(4), $"No alert {kind}, but [{string.Join(", ", seen)}]:\n{world.Journal.Text()}");
            await worker.FireTimerAsync("WatchHealth", TestContext.Current.CancellationToken);
            foreach (JsonElement alert in await WorkerWorld.DrainAsync(world.Storage.Alerts))
                seen.Add(alert.GetProperty("kind").GetString());
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await worker.FireTimerAsync("WatchHealth", TestContext.Current.CancellationToken);
    }

    /// <summary>Within an invocation; a line that was written outside one is told again within the next.</summary>
    private static void AssertTold(WorkerWorld world, string text, LogLevel level) =>
        Assert.Contains(new WorkerLines(world.Journal).Starting(text), line => line.InvocationId is not null && line.Level == level);
}
