using System.Globalization;
using Courier.Api;
using Courier.Resilience;
using static Courier.Tests.Resilience.Networks;

namespace Courier.Tests.Resilience;

/// <summary>How long the process waits between attempts.</summary>
public sealed class PauseTests
{
    /// <summary>
    /// The moments of the retries under decorrelated jitter: after BaseDelay · 2^t · tanh(√4t) / 1.4, where t = retry − 1 + chance; each pause in whole milliseconds.
    /// https://github.com/Polly-Contrib/Polly.Contrib.WaitAndRetry#new-jitter-recommendation
    /// </summary>
    [Theory]
    [InlineData(0.0, 1, 0, 1377, 2837)]
    [InlineData(0.5, 1, 897, 1990, 4025)]
    [InlineData(0.5, 2, 1794, 3980, 8051)]
    public async Task Pauses_grow_exponentially(double jitter, int baseSeconds, int first, int second, int third)
    {
        ResilienceOptions options = new() { BaseDelay = TimeSpan.FromSeconds(baseSeconds) };
        using ScriptedClient client = new([Answer(500), Answer(500), Answer(500), Answer(200)], options, jitter);

        Call call = await client.CallAsync();

        Assert.Equal([0, first, second, third], client.Attempts.Select(at => (int)Math.Round(at.TotalMilliseconds)));
        Assert.Equal(client.Attempts[^1], call.Duration);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999999)]
    public async Task Chance_moves_a_retry_by_no_more_than_one_doubling(double jitter)
    {
        using ScriptedClient client = new([Answer(500), Answer(500), Answer(500), Answer(200)], jitter: jitter);

        await client.CallAsync();

        Assert.InRange(client.Attempts[1].TotalSeconds, 0, 1.38);
        Assert.InRange(client.Attempts[2].TotalSeconds, 1.37, 2.84);
        Assert.InRange(client.Attempts[3].TotalSeconds, 2.83, 5.72);
    }

    [Fact]
    public async Task No_pause_is_longer_than_the_longest()
    {
        ResilienceOptions options = new() { BaseDelay = TimeSpan.FromMinutes(1), Retries = 4, TotalTimeout = TimeSpan.FromMinutes(4) };
        using ScriptedClient client = new(Enumerable.Repeat(Answer(500), 5), options);

        await client.CallAsync();

        Assert.Equal([0, 10, 20, 30, 40], client.Attempts.Select(at => at.TotalSeconds));
        Assert.Equal(10, ApiResilience.LongestPause.TotalSeconds);
    }

    [Theory]
    [InlineData("1", 1.5)]
    [InlineData("9", 9.5)]
    [InlineData("Thu, 01 Jan 2026 00:00:04 GMT", 4.5)]
    public async Task Short_retry_after_is_waited_for_in_the_process_with_a_margin(string retryAfter, double seconds)
    {
        using ScriptedClient client = new([Answer(503, retryAfter), Answer(200)]);

        await client.CallAsync();

        Assert.Equal([0, seconds], client.Attempts.Select(at => at.TotalSeconds));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT")]
    public async Task At_once_is_the_usual_pause(string retryAfter)
    {
        using ScriptedClient client = new([Answer(503, retryAfter), Answer(503, retryAfter), Answer(503, retryAfter), Answer(200)], jitter: 0);

        await client.CallAsync();

        Assert.Equal([0, 0, 1377, 2837], client.Attempts.Select(at => (int)Math.Round(at.TotalMilliseconds)));
    }

    [Fact]
    public async Task Pause_that_the_total_timeout_would_cut_is_left_to_the_queue()
    {
        ScriptedClient client = new([], new ResilienceOptions { TotalTimeout = TimeSpan.FromSeconds(14) });
        client.Script.Enqueue(After(client.Clock, TimeSpan.FromSeconds(5), Answer(503, "9", "why")));

        Call call = await client.CallAsync();

        CallResult.ServerError result = Assert.IsType<CallResult.ServerError>(call.Result);
        Assert.Equal((503, TimeSpan.FromSeconds(9), 5.0), (result.Answer.Status, result.RetryAfter, call.Duration.TotalSeconds));
        Assert.Single(client.Attempts);
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("3600", 3600)]
    [InlineData("Thu, 01 Jan 2026 01:00:00 GMT", 3600)]
    [InlineData("999999999999", 86_400)]
    public async Task Long_retry_after_is_left_to_the_queue(string retryAfter, int seconds)
    {
        using ScriptedClient client = new([Answer(503, retryAfter)]);

        Call call = await client.CallAsync();

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<CallResult.ServerError>(call.Result).RetryAfter);
        Assert.Equal(TimeSpan.Zero, call.Duration);
    }

    [Fact]
    public async Task Illegible_retry_after_leaves_the_usual_pause()
    {
        using ScriptedClient client = new([Answer(503, "soon"), Answer(200)]);

        await client.CallAsync();

        Assert.Equal("0.897", client.Attempts[1].TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Date_in_retry_after_is_measured_from_when_the_answer_came()
    {
        ScriptedClient client = new([]);
        client.Script.Enqueue(After(client.Clock, TimeSpan.FromSeconds(3), Answer(503, "Thu, 01 Jan 2026 00:00:05 GMT")));
        client.Script.Enqueue(Answer(200));

        await client.CallAsync();

        Assert.Equal([0, 5.5], client.Attempts.Select(at => at.TotalSeconds));
    }

    [Fact]
    public async Task Rate_limit_is_never_waited_for_in_the_process()
    {
        using ScriptedClient client = new([Answer(429, "1")]);

        Call call = await client.CallAsync();

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<CallResult.RateLimited>(call.Result).RetryAfter);
        Assert.Equal(TimeSpan.Zero, call.Duration);
    }
}
