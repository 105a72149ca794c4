using System.Diagnostics;
using Courier.ApiSimulator;
using Courier.Contracts;
using Courier.Operations.Accounting;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests;

/// <summary>The storage goes away while requests are called, for so long that the queue listener gives up: nothing is lost, and the next is called as if nothing had been.</summary>
public sealed class AwayStorageTests(PublishedWorker app)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Storage_that_is_away_for_a_minute_and_more_loses_nothing()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, Azurite.WithDataFolder());
        world.Api.Script(new Fault { Match = "*slow*", Delay = TimeSpan.FromSeconds(3) });
        await using HostedWorker worker = await world.StartAsync();
        int process = await worker.WorkerProcessIdAsync(TestContext.Current.CancellationToken);
        await world.PostAsync(Post("slow"), Post("slower"));
        await world.CallsAsync(2);

        await world.Emulator.StopAsync();
        await UntilAsync(world, () => Task.FromResult(world.Journal.Lines.Any(line => line.Message.StartsWith("The queue listener has broken down", StringComparison.Ordinal))));
        await world.Emulator.StartAsync();
        await world.PostAsync(Post("next"));
        await UntilAsync(world, async () => (await Accounts.OfAsync(world.Storage, ["next"], [])).IsSettled);

        // The other two were called, and their results could not be written: they lie hidden until the lease that the host took on them ends, after ten minutes.
        Account account = await Accounts.OfAsync(world.Storage, ["slow", "slower", "next"], []);
        Assert.Empty(account.Missing);
        Assert.Equal(0, account.Dead);
        Assert.Equal(3, account.Done + await world.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, world.Api.Requests.Count);
        Assert.Equal(process, await worker.WorkerProcessIdAsync(TestContext.Current.CancellationToken));
    }

    private static async Task UntilAsync(WorkerWorld world, Func<Task<bool>> isSo)
    {
        for (long begun = Stopwatch.GetTimestamp(); !await isSo(); await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken))
            Assert.True(Stopwatch.GetElapsedTime(begun) < s_patience, world.Journal.Text());
    }

    private static string Post(string id) => $$"""{"id":"{{id}}","method":"POST","path":"/portfolios?{{id}}","body":{"name":"Once"} }""";
}
