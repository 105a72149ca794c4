using System.Diagnostics;
using System.Globalization;
using Courier.ApiSimulator;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;
using Microsoft.Extensions.Logging;

namespace Courier.Worker.Tests;

/// <summary>How a worker ends: asked to, left alone, or before it began.</summary>
public sealed class EndingTests(PublishedWorker app)
{
    private const string Slow = """{"id":"slow","method":"POST","path":"/portfolios?slow","body":{"name":"Once"}}""";
    private const string Next = """{"id":"next","method":"POST","path":"/portfolios?next","body":{"name":"Once"}}""";

    [Theory]
    [InlineData("SIGTERM")]
    [InlineData("WorkerTerminate")]
    public async Task Worker_that_is_asked_to_end_sees_its_calls_through_and_begins_no_other(string how)
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:01"));
        world.Api.Script(new Fault { Match = "*slow", Delay = TimeSpan.FromSeconds(4) });
        await using HostedWorker worker = await world.StartAsync();
        int process = await worker.WorkerProcessIdAsync(TestContext.Current.CancellationToken);
        await world.PostAsync(Slow);
        await world.CallsAsync(1);

        Task ending = how == "SIGTERM" ? SignalAsync(process) : worker.TerminateWorkerAsync(TestContext.Current.CancellationToken);
        await world.PostAsync(Next);
        await ending;
        await world.SettledAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(["slow", "next"], (await WorkerWorld.DrainAsync(world.Storage.Results)).Select(result => result.GetProperty("id").GetString()));
        Assert.Equal(["/portfolios?slow", "/portfolios?next"], world.Api.Requests.Select(call => call.Path));
        Assert.Null(world.Journal.Runs[0].Error);
        Assert.Contains(world.Journal.Lines, line => line.Message == "The worker has ended with exit code 0.");
        Assert.NotEqual(process, await worker.WorkerProcessIdAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Worker_whose_host_is_gone_says_so_sees_its_call_through_and_ends_by_itself()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder);
        world.Api.Script(new Fault { Match = "*slow", Delay = TimeSpan.FromSeconds(8) });
        await using HostedWorker worker = await world.StartAsync();
        await world.PostAsync(Slow);
        await world.CallsAsync(1);

        await worker.VanishAsync(TestContext.Current.CancellationToken);

        Assert.Contains(world.Journal.Lines, line => line is { Source: LogSource.Console, Level: LogLevel.Error } && line.Message.Contains("host of this worker is gone", StringComparison.Ordinal));
        Assert.Contains(world.Journal.Lines, line => line.Message == "The worker has ended with exit code 1.");
        Assert.Equal(["slow"], (await WorkerWorld.DrainAsync(world.Storage.Results)).Select(result => result.GetProperty("id").GetString()));
        // Nobody deleted it: when its lease of ten minutes ends, another host gets it.
        Assert.Empty(await world.Storage.Requests.ReceiveAsync(1, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        Assert.Equal(1, await world.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Wrong_settings_are_errors_in_the_host_s_log_and_the_worker_is_not_started_for_ever()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, ("Api__Key", ""), ("Routing__MaxAttempts", "0"), ("PoisonQueue", "elsewhere"));

        WorkerFailedException failure = await Assert.ThrowsAsync<WorkerFailedException>(world.StartAsync);

        Assert.StartsWith("The worker ended with exit code 1 before it was ready, 3 times in a row", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, world.Journal.Starts);
        Assert.All((string[])["Api:Key is not set", "Routing:MaxAttempts is '0'", "PoisonQueue is 'elsewhere'"], error =>
            Assert.Equal(3, world.Journal.Lines.Count(line => line is { Source: LogSource.Console, Level: LogLevel.Error } && line.Message.Contains(error, StringComparison.Ordinal))));
        Assert.DoesNotContain(world.Journal.Lines, line => line.Message.StartsWith("   at ", StringComparison.Ordinal));
    }

    private static async Task SignalAsync(int process)
    {
        using Process kill = Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
