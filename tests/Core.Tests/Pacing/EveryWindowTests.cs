using Courier.Contracts;
using Courier.Tests.Processing;

namespace Courier.Tests.Pacing;

/// <summary>What any window holds of the attempts that reach the network, whoever made them: 20 in ten minutes through the whole of Courier.</summary>
public sealed class EveryWindowTests
{
    private const int Limit = 20;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("normal")]
    [InlineData("high")]
    public async Task Repetitions_in_the_process_count_with_a_backlog_behind_them(string priority)
    {
        int calls = 0;
        await using TestCourier courier = Create(_ => TestAnswers.Create(++calls % 3 == 0 ? 503 : 200, "{}"), ("Resilience:Retries", "2"), ("Resilience:BaseDelay", "00:00:01"));
        for (int i = 0; i < 60; i++)
            await courier.PostAsync($$"""{"method":"GET","path":"/{{i}}"{{(priority == "high" ? ",\"priority\":\"high\"" : "")}}}""");

        await courier.PassAsync(TimeSpan.FromMinutes(60));

        Assert.Equal(60, (await courier.ResultsAsync()).Count);
        Assert.InRange(MostInAWindow(courier, DateTimeOffset.MinValue), 1, Limit);
    }

    [Fact]
    public async Task Lowered_limit_holds_for_requests_of_high_priority_that_are_parked()
    {
        await using TestCourier courier = Create(_ => TestAnswers.Create(200, "{}"));
        for (int i = 0; i < 2 * Limit; i++)
            await courier.PostAsync($$"""{"method":"GET","path":"/{{i}}","priority":"high"}""");
        await courier.PassAsync(TimeSpan.FromMinutes(1));
        DateTimeOffset lowered = courier.Now;
        Assert.Equal(Limit, courier.Calls.Count);

        await using TestCourier lower = courier.Add(("Quota:Limit", "10"));
        await lower.PassAsync(TimeSpan.FromMinutes(40));

        Assert.Equal(2 * Limit, courier.Calls.Count);
        Assert.InRange(MostInAWindow(courier, lowered), 1, 10);
    }

    [Fact]
    public async Task Instances_that_are_refused_at_the_same_moment_close_the_gate_and_nobody_calls_until_it_opens()
    {
        await using TestCourier courier = Create(_ => TestAnswers.Create(429, "", ("Retry-After", "600")), ("Quota:Limit", "5000"));
        courier.Add();
        courier.Add();
        await courier.PostCallsAsync([.. Enumerable.Range(0, 30).Select(i => $"/{(char)('a' + (i % 26))}{i}")]);

        await courier.PassAsync(TimeSpan.FromMinutes(9));

        Assert.True(courier.Calls[^1].At - courier.Calls[0].At < TimeSpan.FromSeconds(3), $"{courier.Calls[^1].At - courier.Calls[0].At}");
        Assert.InRange(courier.Calls.Count, 2, 18); // six an instance convince it, whatever a probe says
        Assert.Empty(await courier.ReasonsAsync());
    }

    private static int MostInAWindow(TestCourier courier, DateTimeOffset since) =>
        courier.Calls.Where(call => call.At >= since).Max(last => courier.Calls.Count(call => call.At > last.At - s_window && call.At <= last.At));

    private static TestCourier Create(Func<string, HttpResponseMessage> answer, params (string Key, string Value)[] settings)
    {
        TestCourier courier = Paced.Create(answer, [("Quota:Limit", $"{Limit}"), ("Quota:Window", $"{s_window}"), ("Quota:MaxRate", "20"), .. settings]);
        courier.IsWatched = false; // its probes are no part of this
        return courier;
    }
}
