using System.Text.Json;
using Courier.ApiSimulator;
using Courier.Operations.Accounting;
using Courier.Storage;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests;

public sealed class NothingLostTests(PublishedWorker app, ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int CopiesOfEachRow = 18;

    /// <summary>Long enough that each kill meets calls, and that work is left for the next one.</summary>
    private static readonly Fault s_slow = new() { Match = "*", Delay = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task Worker_killed_at_random_moments_loses_nothing()
    {
        // Messages come back sooner than after the usual 30 seconds, and are not given up however often they meet a kill.
        await using WorkerWorld world = await WorkerWorld.CreateAsync(
            app.Folder, ("Api__MaxResponseBytes", "100000"),
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:03"), ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "50"));
        (OutcomeRow Row, string Id)[] requests = [.. Requests()];
        Dictionary<string, string> ends = requests.ToDictionary(request => request.Id, request => request.Row.Ends);
        foreach (Fault fault in requests.Select(request => request.Row.FaultFor(request.Id)).OfType<Fault>())
            world.Api.Script(fault);
        await world.PostAsync(requests.Select(request => request.Row.Message(request.Id)));
        world.Api.Script(s_slow);

        int seed = Environment.TickCount;
        Random random = new(seed);
        await using HostedWorker worker = await world.StartAsync();
        for (int kill = 0; kill < Kills; kill++)
        {
            await worker.WorkerProcessIdAsync(TestContext.Current.CancellationToken);
            await world.CallsAsync(world.Api.Requests.Count + 1);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 500)), TimeProvider.System, TestContext.Current.CancellationToken);
            await worker.KillWorkerAsync(TestContext.Current.CancellationToken);
        }

        await world.SettledAsync(TimeSpan.FromMinutes(5));
        await worker.StopAsync(CancellationToken.None);

        string[] results = Ids(await WorkerWorld.DrainAsync(world.Storage.Results)), deadLetters = Ids(await WorkerWorld.DrainAsync(world.Storage.DeadLetters));
        Account account = await Accounts.OfAsync(world.Storage, ends.Keys, results);
        int repeats = results.Length + deadLetters.Length - results.Union(deadLetters).Count();
        output.WriteLine($"seed {seed}: {ends.Count} ids, {Kills} kills, {world.Journal.Runs.Count(run => run.Error is not null)} invocations failed, "
            + $"{results.Length} results, {deadLetters.Length} dead letters, {account.Missing.Count} lost, {repeats} repeated, {world.Api.Requests.Count} calls");
        Assert.Empty(account.Missing);
        Assert.True(account.IsSettled);
        Assert.Equal(Kills + 1, world.Journal.Starts);
        Assert.Contains(world.Journal.Runs, run => run.Error is not null);
        Assert.Equal(ends.Where(entry => entry.Value == "result").Select(entry => entry.Key).Order(), results.Distinct().Order());
        Assert.Equal(ends.Where(entry => entry.Value != "result").Select(entry => entry.Key).Order(), deadLetters.Distinct().Order());
    }

    /// <summary>Rows that end the same however often they are delivered and whichever call it was that met a fault.</summary>
    private static IEnumerable<(OutcomeRow Row, string Id)> Requests() =>
        from row in OutcomeTable.Rows
        where row is { Ends: not "nothing", Pages: [], IsCancelled: false, Name: not "429-for-good" } && row.Message("").Length < MessageSize.Limit
        from copy in Enumerable.Range(0, CopiesOfEachRow)
        select (row, $"{row.Name}-{copy}");

    private static string[] Ids(IEnumerable<JsonElement> messages) => [.. messages.Select(message => message.GetProperty("id").GetString()!)];
}
