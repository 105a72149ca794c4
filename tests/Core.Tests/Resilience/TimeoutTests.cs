using Courier.Api;
using Courier.Resilience;
using static Courier.Tests.Resilience.Networks;

namespace Courier.Tests.Resilience;

public sealed class TimeoutTests
{
    [Fact]
    public async Task Attempt_without_an_answer_is_given_up_and_repeated()
    {
        using ScriptedClient client = new([Silence(), Answer(200)], new ResilienceOptions { AttemptTimeout = TimeSpan.FromSeconds(7) }, jitter: 0);

        Call call = await client.CallAsync();

        Assert.IsType<CallResult.Succeeded>(call.Result);
        Assert.Equal([0, 7], client.Attempts.Select(at => at.TotalSeconds));
    }

    [Fact]
    public async Task Slow_answer_within_the_timeout_is_awaited()
    {
        ScriptedClient client = new([]);
        client.Script.Enqueue(After(client.Clock, TimeSpan.FromSeconds(9.999), Answer(200)));

        Call call = await client.CallAsync();

        Assert.IsType<CallResult.Succeeded>(call.Result);
        Assert.Equal(9.999, call.Duration.TotalSeconds);
    }

    [Fact]
    public async Task Post_without_an_answer_is_not_repeated_and_its_outcome_is_unknown()
    {
        using ScriptedClient client = new([Silence()]);

        Call call = await client.CallAsync("POST");

        CallResult.Unreachable result = Assert.IsType<CallResult.Unreachable>(call.Result);
        Assert.Equal((RequestFate.Unknown, "No answer within 00:00:10."), (result.Fate, result.Why));
        Assert.Equal(10, call.Duration.TotalSeconds);
    }

    [Theory]
    [InlineData("POST", null)]
    [InlineData("DELETE", false)]
    [InlineData("GET", false)]
    public async Task Request_that_found_no_connection_in_time_was_not_sent(string method, bool? idempotent)
    {
        using ScriptedClient client = new([NeverConnect()], new ResilienceOptions { Retries = 0 });

        Call call = await client.CallAsync(method, idempotent);

        Assert.Equal(RequestFate.NotSent, Assert.IsType<CallResult.Unreachable>(call.Result).Fate);
    }

    [Fact]
    public async Task All_attempts_together_end_with_the_total_timeout()
    {
        ResilienceOptions options = new() { AttemptTimeout = TimeSpan.FromSeconds(10), TotalTimeout = TimeSpan.FromSeconds(25), Retries = 10 };
        using ScriptedClient client = new(Enumerable.Repeat(Silence(), 11), options, jitter: 0);

        Call call = await client.CallAsync();

        CallResult.Unreachable result = Assert.IsType<CallResult.Unreachable>(call.Result);
        Assert.Equal((RequestFate.Unknown, "No answer within 00:00:25."), (result.Fate, result.Why));
        Assert.Equal(25, call.Duration.TotalSeconds);
        Assert.Equal(3, client.Attempts.Count);
    }

    [Fact]
    public async Task Body_that_dribbles_is_cut_off_with_its_attempt()
    {
        using ScriptedClient client = new([(_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new StuckStream()) }), Answer(200)], jitter: 0);

        Call call = await client.CallAsync();

        Assert.IsType<CallResult.Succeeded>(call.Result);
        Assert.Equal([0, 10], client.Attempts.Select(at => at.TotalSeconds));
    }

    private sealed class StuckStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
