using Courier.Contracts;
using Courier.Tests.Processing;

namespace Courier.Tests.Pacing;

/// <summary>A resource with a limit of its own, through the whole of Courier.</summary>
public sealed class AlwaysRefusedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Request_that_is_always_refused_holds_nobody_up(int refused)
    {
        await using TestCourier courier = Create(("Routing:MaxRefusals", "20"));
        await courier.PostCallsAsync([.. Enumerable.Range(0, refused).Select(i => $"/limited/{(char)('a' + i)}")]);
        await courier.PostCallsAsync([.. Enumerable.Range(0, 150).Select(i => $"/good/{i}")]);

        await courier.ProcessForAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(150, courier.Paths.Count(path => path.StartsWith("/good/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_so_many_refusals_in_a_row_it_is_a_dead_letter_that_says_so()
    {
        await using TestCourier courier = Create(("Routing:MaxRefusals", "3"));
        await courier.PostCallsAsync("/limited/a");

        await courier.ProcessForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(3, courier.Paths.Count(path => path == "/limited/a"));
        Assert.Equal("attempts-exhausted", Assert.Single(await courier.ReasonsAsync()));
        Assert.Contains("refused this request with 429 each time, 3 times in a row", Assert.Single(await courier.RecordsAsync()).GetProperty("cause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ages_from_its_first_refusal()
    {
        await using TestCourier courier = Create(("Routing:MaxAge", "00:02:00"));
        await courier.PostCallsAsync("/limited/a");

        await courier.ProcessForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("attempts-exhausted", Assert.Single(await courier.ReasonsAsync()));
    }

    private static TestCourier Create(params (string Key, string Value)[] settings) => Paced.Create(
        path => path.StartsWith("/limited/", StringComparison.Ordinal) ? TestAnswers.Create(429, "", ("Retry-After", "60")) : TestAnswers.Create(200, "{}"),
        [("Quota:Limit", "5000"), ("Quota:MaxRate", "20"), .. settings]);
}
