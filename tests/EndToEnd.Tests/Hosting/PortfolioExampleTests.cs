using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Contracts;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>The example of docs/schedules.md, "Daily scores of a portfolio", with a schedule of each second so that nobody waits for the minute.</summary>
public sealed class PortfolioExampleTests
{
    private const string Whole = "1,200 companies in 24 pages on queue api-results: 0 missing, 0 twice.";

    [Fact]
    public async Task Every_page_is_completed_once_through_a_429_and_503s_and_the_summary_says_so()
    {
        await using CourierProcess courier = Start();

        int exitCode = await courier.ExitAsync();

        Assert.Equal(Enumerable.Range(1, 24), CompletedPages(courier.Output));
        Assert.Matches("\\?page=9\n +429 in [0-9]+ ms -> back on the queue", courier.Output);
        Assert.Matches("\\?page=15\n +503 in [0-9]+ ms -> back on the queue", courier.Output);
        Assert.EndsWith(Whole, courier.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Results_stay_on_the_queue_and_the_next_run_counts_its_own()
    {
        await using World world = await World.CreateAsync();
        for (int i = 0; i < 2; i++)
        {
            await using CourierProcess courier = Start(world.Emulator.ConnectionString);
            Assert.Equal(0, await courier.ExitAsync());
            Assert.EndsWith(Whole, courier.Output.TrimEnd(), StringComparison.Ordinal);
        }

        JsonElement[] results = [.. (await World.DrainAsync(world.Storage.Results)).Select(text => JsonElement.Parse(text))];

        IGrouping<string, JsonElement>[] runs = [.. results.GroupBy(result => result.GetProperty("id").GetString()!.Split('~')[0])];
        Assert.Equal([24, 24], runs.Select(run => run.Count()));
        Assert.All(runs, run => Assert.Equal(1200, run.SelectMany(Domains).Distinct().Count()));
        Assert.Equal(0, await world.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Page_that_is_given_up_ends_the_run_with_what_is_missing_and_exit_code_1()
    {
        await using CourierProcess courier = Start(maxAttempts: "1");

        Assert.Equal(1, await courier.ExitAsync());
        Assert.Contains("dead letter: attempts-exhausted", courier.Output, StringComparison.Ordinal);
        Assert.Contains("700 companies in 14 pages on queue api-results: 500 missing, 0 twice.", courier.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_says_when_the_schedule_runs_and_an_interrupt_ends_the_waiting()
    {
        int hour = (TimeProvider.System.GetUtcNow().Hour + 12) % 24;
        await using CourierProcess courier = Start(cron: $"7 8 {hour} * * *");

        await Eventually.TrueAsync(() => courier.Output.Contains("\"scores\" is set: next run at ", StringComparison.Ordinal));

        Assert.Equal(0, await courier.InterruptAsync());
        Assert.Matches("next run at [0-9]{2}:[0-9]{2}:07\\.\n", courier.Output);
        Assert.Empty(CompletedPages(courier.Output));
    }

    [Fact]
    public void Documentation_shows_the_settings_that_it_runs_with()
    {
        string file = File.ReadAllText(Repository.PathOf("src", "LocalHost", "Examples", "portfolio.json"));

        Assert.Contains($"```json\n{file}```\n", File.ReadAllText(Repository.PathOf("docs", "schedules.md")), StringComparison.Ordinal);
    }

    private static CourierProcess Start(string storage = "memory", string cron = "* * * * * *", string maxAttempts = "3") => CourierProcess.Start(
        ["--example", "portfolio", "--storage", storage],
        new Dictionary<string, string>
        {
            ["Schedules__0__Cron"] = cron,
            ["Routing__MaxAttempts"] = maxAttempts,
            ["Api__BaseUrl"] = "https://api.example.com", // is left alone: the example has an API of its own
        });

    /// <summary>In the order of the report; the first page's id has no number.</summary>
    private static IEnumerable<int> CompletedPages(string output) =>
        Regex.Matches(output, "ok   scores-[0-9]{8}T[0-9]{6}Z(~([0-9]+))?  GET .+\n +200 in [0-9]+ ms -> completed\n")
            .Select(match => match.Groups[2].Success ? int.Parse(match.Groups[2].Value, null) : 1);

    private static IEnumerable<string> Domains(JsonElement result) =>
        result.GetProperty("body").GetProperty("entries").EnumerateArray().Select(company => company.GetProperty("domain").GetString()!);
}
