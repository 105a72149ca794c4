using System.Text.Json;
using Courier.ApiSimulator;

namespace Courier.EndToEnd.Tests;

/// <summary>1,200 companies in 24 pages.</summary>
public sealed class PagesTests(ITestOutputHelper output)
{
    private const int Companies = 1200;
    private const int Pages = 24;
    private const string List = """{"id":"list","method":"GET","path":"/portfolios/abc/companies","paginate":true}""";

    private static readonly string[] s_ids = ["list", .. Enumerable.Range(2, Pages - 1).Select(number => $"list~{number}")];

    [Fact]
    public async Task List_is_read_whole_through_a_429_and_a_503_in_the_middle()
    {
        await using World world = await CreateWorldAsync();
        world.Api.Script(new Fault { Match = "*?page=9", Status = 429, RetryAfter = "1", Times = 1 });
        world.Api.Script(new Fault { Match = "*?page=15", Status = 503, Times = 5 }); // four in the process: the page goes through the queue
        await world.PostAsync([List]);

        await using CourierProcess courier = world.StartCourier();
        await world.SettledAsync(TimeSpan.FromMinutes(1));

        List<JsonElement> results = await ResultsAsync(world);
        Assert.Equal(s_ids, results.Select(Id));
        AssertWhole(results);
        Assert.Empty(await World.DrainAsync(world.Storage.DeadLetters));
        Assert.Equal(Pages + 1 + 5, world.Api.Requests.Count(request => request.Path.StartsWith("/portfolios/abc/companies", StringComparison.Ordinal)));
        Assert.Equal(["rate-limited", "succeeded"], Outcomes(results[8]));
        Assert.Equal(["server-error", "succeeded"], Outcomes(results[14]));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_list_it_goes_on_where_it_was()
    {
        await using World world = await CreateWorldAsync();
        world.Api.Script(new Fault { Match = "*", Delay = TimeSpan.FromMilliseconds(50) });
        await world.PostAsync([List]);
        int seed = Environment.TickCount;
        Random random = new(seed);

        await using (CourierProcess victim = world.StartCourier())
        {
            while (world.Api.Requests.Count < 8)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 200)), TimeProvider.System, TestContext.Current.CancellationToken);
            await victim.KillAsync();
        }

        await using CourierProcess survivor = world.StartCourier();
        await world.SettledAsync(TimeSpan.FromMinutes(2));

        List<JsonElement> results = await ResultsAsync(world);
        output.WriteLine($"seed {seed}: {world.Api.Requests.Count} calls, {results.Count} results of {Pages} pages");
        Assert.Equal(s_ids, results.Select(Id).Distinct());
        AssertWhole(results.DistinctBy(Id));
        Assert.InRange(world.Api.Requests.Count, Pages, Pages + 1);
    }

    private static async Task<World> CreateWorldAsync() =>
        await World.CreateAsync(new SimulatorOptions { Key = World.Key, QuotaLimit = 1_000_000, Companies = Companies });

    private static void AssertWhole(IEnumerable<JsonElement> results)
    {
        List<string> domains = [.. results.SelectMany(result => result.GetProperty("body").GetProperty("entries").EnumerateArray()).Select(company => company.GetProperty("domain").GetString()!)];
        Assert.Equal(Companies, domains.Count);
        Assert.Distinct(domains);
    }

    /// <summary>In the order of their pages.</summary>
    private static async Task<List<JsonElement>> ResultsAsync(World world) =>
        [.. (await World.DrainAsync(world.Storage.Results)).Select(text => JsonElement.Parse(text)).OrderBy(result => Array.IndexOf(s_ids, Id(result)))];

    private static string Id(JsonElement result) => result.GetProperty("id").GetString()!;

    private static IEnumerable<string?> Outcomes(JsonElement result) =>
        result.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString());
}
