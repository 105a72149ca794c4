using Courier.Operations.Accounting;

namespace Courier.EndToEnd.Tests;

public sealed class NothingLostTests(ITestOutputHelper output)
{
    private const int Requests = 500;
    private const int Kills = 6;

    [Fact]
    public async Task Killed_at_random_moments_nothing_is_lost()
    {
        await using World world = await World.CreateAsync();
        foreach (ApiSimulator.Fault fault in AllOutcomes.Faults)
            world.Api.Script(fault);
        IReadOnlyList<(string Id, string Message, bool Succeeds)> requests = AllOutcomes.Requests(Requests);
        await world.PostAsync(requests.Select(request => request.Message));

        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using CourierProcess victim = world.StartCourier(("Routing__MaxAttempts", "6"));
            int before = world.Api.Requests.Count;
            await CallsAsync(world, before + 1);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 700)), TimeProvider.System, TestContext.Current.CancellationToken);
            await victim.KillAsync();
        }

        await using CourierProcess survivor = world.StartCourier(("Routing__MaxAttempts", "6"));
        await world.SettledAsync(TimeSpan.FromMinutes(3));

        List<string> results = [.. World.Ids(await World.DrainAsync(world.Storage.Results))];
        List<string> deadLetters = [.. World.Ids(await World.DrainAsync(world.Storage.DeadLetters))];
        Account account = await world.AccountAsync(requests.Select(request => request.Id), results);
        int repeats = results.Count + deadLetters.Count - results.Union(deadLetters).Count();
        output.WriteLine($"seed {seed}: {Requests} requests, {Kills} kills, {results.Count} results, {deadLetters.Count} dead letters, {account.Missing.Count} lost, {repeats} repeated");

        Assert.Empty(account.Missing);
        Assert.True(account.IsSettled);
        Assert.Equal(requests.Where(request => request.Succeeds).Select(request => request.Id).Order(), results.Distinct().Order());
        Assert.Equal(requests.Where(request => !request.Succeeds).Select(request => request.Id).Order(), deadLetters.Distinct().Order());
    }

    [Fact]
    public async Task Storage_gone_for_a_while_loses_nothing()
    {
        await using World world = await World.CreateAsync();
        world.Api.Script(new ApiSimulator.Fault { Match = "*", Delay = TimeSpan.FromMilliseconds(50) });
        string[] ids = [.. Enumerable.Range(0, 150).Select(i => $"r{i}")];
        await world.PostAsync(ids.Select(id => $$"""{"id":"{{id}}","method":"GET","path":"/companies/example.com"}"""));

        await using CourierProcess courier = world.StartCourier();
        await CallsAsync(world, 10);
        await world.Emulator.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        await world.Emulator.StartAsync();
        await world.SettledAsync(TimeSpan.FromMinutes(2));

        List<string> results = [.. World.Ids(await World.DrainAsync(world.Storage.Results))];
        Account account = await world.AccountAsync(ids, results);
        output.WriteLine($"{ids.Length} requests, {results.Count} results, {results.Count - results.Distinct().Count()} repeated");
        Assert.Equal((ids.Length, ids.Length, 0), (account.Accepted, account.Done, account.Missing.Count));
        Assert.Empty(await World.DrainAsync(world.Storage.DeadLetters));
        Assert.False(courier.HasExited);
    }

    private static async Task CallsAsync(World world, int count)
    {
        while (world.Api.Requests.Count < count)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
