using Courier.ApiSimulator;

namespace Courier.EndToEnd.Tests;

/// <summary>Three processes at one quota, its hour compressed to 12 seconds.</summary>
public sealed class PacingTests(ITestOutputHelper output)
{
    private const int Requests = 300;

    private static readonly (string, string)[] s_quota = [("Quota__Limit", "60"), ("Quota__Window", "00:00:12"), ("Quota__Reserve", "0"), ("Quota__MaxRate", "20"), ("Api__ProbePath", "/me")];

    /// <summary>The limit alone allows 60 at once, and 60 more every 12 seconds: 48 seconds for all of them.</summary>
    [Fact]
    public async Task Whole_quota_is_used_and_none_too_many()
    {
        await using World world = await World.CreateAsync(new SimulatorOptions { Key = World.Key, QuotaLimit = 60, QuotaWindow = TimeSpan.FromSeconds(12) });
        string[] ids = [.. Enumerable.Range(0, Requests).Select(i => $"r{i}")];
        await world.PostAsync(ids.Select(id => $$"""{"id":"{{id}}","method":"GET","path":"/companies/example.com"}"""));

        await using CourierProcess first = world.StartCourier(s_quota);
        await using CourierProcess second = world.StartCourier(s_quota);
        await using CourierProcess third = world.StartCourier(s_quota);
        await world.SettledAsync(TimeSpan.FromMinutes(3));

        List<string> results = [.. World.Ids(await World.DrainAsync(world.Storage.Results))];
        int refused = world.Api.Requests.Count(call => call.Refused);
        TimeSpan took = world.Api.Requests[^1].At - world.Api.Requests[0].At;
        output.WriteLine($"{Requests} requests in {took.TotalSeconds:0.0} s, {refused} refused, {results.Count - results.Distinct().Count()} repeated");
        Assert.True(refused <= 3, $"{refused} calls were refused.");
        Assert.InRange(took.TotalSeconds, 0, 1.35 * 48);
        Assert.Equal(ids.Order(), results.Distinct().Order());
        Assert.Empty(await World.DrainAsync(world.Storage.DeadLetters));
    }

    [Fact]
    public async Task Request_that_is_always_refused_holds_nobody_up()
    {
        await using World world = await World.CreateAsync();
        world.Api.Script(new Fault { Match = "/reports/limited", Status = 429, RetryAfter = "20" });
        await world.PostAsync(["""{"id":"limited","method":"GET","path":"/reports/limited"}"""]);
        await world.PostAsync(Enumerable.Range(0, 150).Select(i => $$"""{"id":"r{{i}}","method":"GET","path":"/companies/example.com"}"""));

        (string, string)[] defaults = [("Quota__Limit", "5000"), ("Quota__MaxRate", "20"), ("Api__ProbePath", "/me")];
        await using CourierProcess first = world.StartCourier(defaults);
        await using CourierProcess second = world.StartCourier(defaults);
        await using CourierProcess third = world.StartCourier(defaults);
        await Task.Delay(TimeSpan.FromSeconds(40), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(150, (await World.DrainAsync(world.Storage.Results)).Count);
    }
}
