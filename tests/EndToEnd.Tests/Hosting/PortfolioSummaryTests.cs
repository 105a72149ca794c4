using System.Text.Json;
using Courier.LocalHost.Examples;
using Courier.Messages;

namespace Courier.EndToEnd.Tests.Hosting;

public sealed class PortfolioSummaryTests
{
    [Fact]
    public void Page_that_came_twice_counts_its_companies_as_twice()
    {
        CompletedCall page = CreateResult("run~2", "c", "d");

        Assert.Equal(new PortfolioSummary(4, Pages: 3, Missing: 0, Twice: 2), PortfolioSummary.Of("run", [CreateResult("run", "a", "b"), page, page], expected: 4));
    }

    [Fact]
    public void Page_that_is_not_there_makes_its_companies_missing()
    {
        Assert.Equal(new PortfolioSummary(1, Pages: 1, Missing: 3, Twice: 0), PortfolioSummary.Of("run", [CreateResult("run~2", "c")], expected: 4));
    }

    [Fact]
    public void Company_that_took_the_place_of_another_is_told_on_both_sides()
    {
        Assert.Equal(new PortfolioSummary(3, Pages: 2, Missing: 1, Twice: 1), PortfolioSummary.Of("run", [CreateResult("run", "a", "b"), CreateResult("run~2", "b", "c")], expected: 4));
    }

    [Fact]
    public void Results_of_other_runs_and_requests_do_not_count()
    {
        CompletedCall[] others = [CreateResult("run2", "a"), CreateResult("run2~2", "b"), CreateResult("mine") with { Body = null }];

        Assert.Equal(new PortfolioSummary(0, Pages: 0, Missing: 4, Twice: 0), PortfolioSummary.Of("run", others, expected: 4));
    }

    [Fact]
    public void Text_has_thousands_apart()
    {
        Assert.Equal("1,200 companies in 24 pages on queue mine: 1,000 missing, 0 twice.", new PortfolioSummary(1200, 24, 1000, 0).Text("mine"));
    }

    private static CompletedCall CreateResult(string id, params string[] domains) => new()
    {
        Id = id,
        Status = 200,
        Headers = new Dictionary<string, string>(),
        Body = JsonSerializer.SerializeToElement(new { entries = domains.Select(domain => new { domain }) }),
        Attempts = [],
        CompletedAt = DateTimeOffset.UnixEpoch,
    };
}
