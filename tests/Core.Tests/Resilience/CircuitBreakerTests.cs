using Courier.Api;
using Courier.Resilience;
using static Courier.Tests.Resilience.Networks;

namespace Courier.Tests.Resilience;

/// <summary>Without retries, so that a call is an attempt. Ten attempts in a minute, half of them failed, open the circuit for half a minute.</summary>
public sealed class CircuitBreakerTests
{
    private static readonly ResilienceOptions s_options = new() { Retries = 0 };

    [Fact]
    public async Task Circuit_opens_at_its_minimum_of_attempts_and_no_sooner()
    {
        using ScriptedClient client = new(Enumerable.Repeat(Answer(500), 10), s_options);
        for (int attempt = 1; attempt <= 10; attempt++)
            Assert.IsType<CallResult.ServerError>((await client.CallAsync()).Result);

        Call call = await client.CallAsync();

        Assert.Equal(new CallResult.CircuitOpen(s_options.BreakDuration), call.Result);
        Assert.Equal(10, client.Attempts.Count);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Circuit_opens_at_its_share_of_failures_and_no_sooner(int failuresInTen, bool opens)
    {
        IEnumerable<Network> answers = [.. Enumerable.Repeat(Answer(200), 10 - failuresInTen), .. Enumerable.Repeat(Answer(500), failuresInTen)];
        using ScriptedClient client = await CalledAsync(answers);

        client.Script.Enqueue(Answer(200));
        Call call = await client.CallAsync();

        Assert.Equal(opens, call.Result is CallResult.CircuitOpen);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(422)]
    public async Task Answers_that_are_no_outage_never_open_it(int status)
    {
        using ScriptedClient client = await CalledAsync(Enumerable.Repeat(Answer(status), 50));

        client.Script.Enqueue(Answer(200));

        Assert.IsType<CallResult.Succeeded>((await client.CallAsync()).Result);
    }

    [Fact]
    public async Task Every_kind_of_outage_opens_it()
    {
        foreach (Network outage in (Network[])[Answer(503), Answer(408), Answer(425), Refuse(), Reset(), Silence(), BreakOff()])
        {
            using ScriptedClient client = new(Enumerable.Repeat(outage, 10), new ResilienceOptions { Retries = 0, AttemptTimeout = TimeSpan.FromSeconds(1) });
            for (int attempt = 1; attempt <= 10; attempt++)
                await client.CallAsync();

            Assert.IsType<CallResult.CircuitOpen>((await client.CallAsync()).Result);
        }
    }

    [Fact]
    public async Task Failures_older_than_the_sampling_period_are_forgotten()
    {
        using ScriptedClient client = await CalledAsync(Enumerable.Repeat(Answer(500), 9));

        client.Clock.Advance(s_options.BreakerSamplingDuration + TimeSpan.FromSeconds(1));
        client.Script.Enqueue(Answer(500));
        client.Script.Enqueue(Answer(200));
        await client.CallAsync();

        Assert.IsType<CallResult.Succeeded>((await client.CallAsync()).Result);
    }

    [Fact]
    public async Task Open_circuit_says_how_long_it_stays_open()
    {
        using ScriptedClient client = await OpenAsync();

        client.Clock.Advance(TimeSpan.FromSeconds(12));
        Call call = await client.CallAsync();

        Assert.Equal(TimeSpan.FromSeconds(18), Assert.IsType<CallResult.CircuitOpen>(call.Result).RetryAfter);
        Assert.Equal(TimeSpan.Zero, call.Duration);
    }

    [Fact]
    public async Task Half_open_circuit_lets_one_through_and_closes_when_it_succeeds()
    {
        using ScriptedClient client = await OpenAsync();
        client.Clock.Advance(s_options.BreakDuration);
        TaskCompletionSource<HttpResponseMessage> trial = new();
        client.Script.Enqueue((_, _) => trial.Task);

        Task<Call> trialCall = client.BeginAsync();
        Call meanwhile = await client.CallAsync();
        trial.SetResult(new HttpResponseMessage());
        Call first = await trialCall;
        client.Script.Enqueue(Answer(200));
        Call after = await client.CallAsync();

        Assert.True(Assert.IsType<CallResult.CircuitOpen>(meanwhile.Result).RetryAfter > TimeSpan.Zero);
        Assert.IsType<CallResult.Succeeded>(first.Result);
        Assert.IsType<CallResult.Succeeded>(after.Result);
    }

    [Fact]
    public async Task Half_open_circuit_opens_again_when_the_trial_fails()
    {
        using ScriptedClient client = await OpenAsync();
        client.Clock.Advance(s_options.BreakDuration);
        client.Script.Enqueue(Answer(500));

        Assert.IsType<CallResult.ServerError>((await client.CallAsync()).Result);

        Assert.Equal(new CallResult.CircuitOpen(s_options.BreakDuration), (await client.CallAsync()).Result);
    }

    [Fact]
    public async Task Retries_count_as_attempts_and_stop_when_they_open_the_circuit()
    {
        ResilienceOptions options = new() { Retries = 3, BreakerMinimumThroughput = 2 };
        using ScriptedClient client = new([Answer(500), Answer(503)], options);

        Call call = await client.CallAsync();

        Assert.Equal(503, Assert.IsType<CallResult.ServerError>(call.Result).Answer.Status);
        Assert.IsType<CallResult.CircuitOpen>((await client.CallAsync()).Result);
    }

    private static Task<ScriptedClient> OpenAsync() => CalledAsync(Enumerable.Repeat(Answer(500), 10));

    /// <summary>A client that has made as many calls as there are answers.</summary>
    private static async Task<ScriptedClient> CalledAsync(IEnumerable<Network> answers)
    {
        ScriptedClient client = new(answers, s_options);
        for (int calls = client.Script.Count; calls > 0; calls--)
            await client.CallAsync();
        return client;
    }
}
