using Courier.ApiSimulator;

namespace Courier.EndToEnd.Tests;

public sealed class PacingTests(ITestOutputHelper output)
{
    private const int Requests = 600;

    /// <summary>The hour of the quota is compressed to 20 seconds.</summary>
    [Fact]
    public async Task Three_processes_share_one_quota()
    {
        await using World world = await World.CreateAsync(new SimulatorOptions { Key = World.Key, QuotaLimit = 300, QuotaWindow = TimeSpan.FromSeconds(20) });
        string[] ids = [.. Enumerable.Range(0, Requests).Select(i => $"r{i}")];
        await world.PostAsync(ids.Select(id => $$"""{"id":"{{id}}","method":"GET","path":"/companies/example.com"}"""));

        (string, string)[] quota = [("Quota__Limit", "300"), ("Quota__Window", "00:00:20")];
        await using CourierProcess first = world.StartCourier(quota);
        await using CourierProcess second = world.StartCourier(quota);
        await using CourierProcess third = world.StartCourier(quota);
        await world.SettledAsync(TimeSpan.FromMinutes(4));

        List<string> results = [.. World.Ids(await World.DrainAsync(world.Storage.Results))];
        int refused = world.Api.Requests.Count(call => call.Refused);
        TimeSpan took = world.Api.Requests[^1].At - world.Api.Requests[0].At;
        output.WriteLine($"{Requests} requests in {took.TotalSeconds:0} s, {refused} refused, {results.Count - results.Distinct().Count()} repeated");
        Assert.True(refused <= 3, $"{refused} calls were refused.");
        Assert.Equal(ids.Order(), results.Distinct().Order());
        Assert.Empty(await World.DrainAsync(world.Storage.DeadLetters));
    }
}
