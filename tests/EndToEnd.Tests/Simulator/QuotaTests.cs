using System.Globalization;
using System.Net;
using Courier.ApiSimulator.Quota;
using Courier.Contracts;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class QuotaTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Call_above_the_quota_is_refused_until_the_oldest_leaves_the_window()
    {
        await using SimulatorClient client = await CreateAsync(limit: 3);
        Assert.Equal(200, await client.StatusAsync("/me"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await client.StatusAsync("/me"));
        Assert.Equal(200, await client.StatusAsync("/me"));

        Assert.Equal(429, await client.StatusAsync("/me"));
        _clock.Advance(TimeSpan.FromSeconds(15) - TimeSpan.FromTicks(1));
        Assert.Equal(429, await client.StatusAsync("/me"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(200, await client.StatusAsync("/me"));
        Assert.Equal(429, await client.StatusAsync("/me"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await client.StatusAsync("/me"));
        Assert.Equal(200, await client.StatusAsync("/me"));
        Assert.Equal(429, await client.StatusAsync("/me"));
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(0.1, 20)]
    [InlineData(1, 19)]
    [InlineData(19.001, 1)]
    [InlineData(19.999, 1)]
    public async Task Retry_after_is_the_wait_in_seconds_rounded_up(double elapsed, int retryAfter)
    {
        await using SimulatorClient client = await CreateAsync(limit: 1);
        await client.StatusAsync("/me");
        _clock.Advance(TimeSpan.FromSeconds(elapsed));

        using HttpResponseMessage refused = await client.GetAsync("/me");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(retryAfter.ToString(CultureInfo.InvariantCulture), Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Contains("1 calls in 00:00:20", await SimulatorClient.ErrorAsync(refused));
    }

    [Fact]
    public async Task Refused_calls_take_nothing_from_the_quota()
    {
        await using SimulatorClient client = await CreateAsync(limit: 1);
        await client.StatusAsync("/me");
        for (int second = 1; second < 20; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(429, await client.StatusAsync("/me"));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await client.StatusAsync("/me"));
    }

    [Fact]
    public async Task Concurrent_calls_get_the_quota_exactly()
    {
        await using SimulatorClient client = await CreateAsync(limit: 100);

        int[] statuses = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => client.StatusAsync("/me")));

        Assert.Equal(100, statuses.Count(status => status == 200));
        Assert.Equal(200, statuses.Count(status => status == 429));
        Assert.Equal(200, client.Api.Requests.Count(request => request.Refused));
    }

    [Fact]
    public void Many_threads_get_the_quota_exactly()
    {
        RollingQuota quota = new(limit: 50_000, TimeSpan.FromSeconds(20));
        int admitted = 0;

        Parallel.For(0, 200_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            if (quota.Take(_clock.GetUtcNow()) is null)
                Interlocked.Increment(ref admitted);
        });

        Assert.Equal(50_000, admitted);
    }

    [Theory]
    [InlineData("GET", "/unknown", 404)]
    [InlineData("PATCH", "/me", 405)]
    [InlineData("GET", "/portfolios/restricted", 403)]
    public async Task Failing_call_counts_too(string method, string path, int status)
    {
        await using SimulatorClient client = await CreateAsync(limit: 1);

        Assert.Equal(status, await client.StatusAsync(path, method));
        Assert.Equal(429, await client.StatusAsync("/me"));
    }

    [Theory]
    [InlineData(503, 429)]
    [InlineData(429, 200)]
    public async Task Scripted_status_counts_unless_it_is_429(int scripted, int next)
    {
        await using SimulatorClient client = await CreateAsync(limit: 1);
        client.Api.Script(new() { Match = "/me", Status = scripted, Times = 1 });

        Assert.Equal(scripted, await client.StatusAsync("/me"));
        Assert.Equal(next, await client.StatusAsync("/me"));
    }

    [Fact]
    public async Task Scripted_status_is_answered_even_when_the_quota_is_used_up()
    {
        await using SimulatorClient client = await CreateAsync(limit: 1);
        client.Api.Script(new() { Match = "/me", Status = 503 });

        Assert.Equal(503, await client.StatusAsync("/me"));
        Assert.Equal(503, await client.StatusAsync("/me"));
    }

    private Task<SimulatorClient> CreateAsync(int limit) =>
        SimulatorClient.StartAsync(new() { QuotaLimit = limit, QuotaWindow = TimeSpan.FromSeconds(20) }, _clock);
}
