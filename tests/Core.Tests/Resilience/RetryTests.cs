using Courier.Api;
using Courier.Resilience;
using static Courier.Tests.Resilience.Networks;

namespace Courier.Tests.Resilience;

/// <summary>What is repeated in the process, and what is not.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    [InlineData(408)]
    [InlineData(425)]
    public async Task Server_error_is_retried_until_it_passes(int status)
    {
        using ScriptedClient client = new([Answer(status), Answer(status), Answer(200)]);

        Call call = await client.CallAsync();

        Assert.IsType<CallResult.Succeeded>(call.Result);
        Assert.Equal(3, client.Attempts.Count);
    }

    [Fact]
    public async Task Last_answer_is_the_result_when_all_retries_fail()
    {
        using ScriptedClient client = new([Answer(500), Answer(502), Answer(503), Answer(504)]);

        Call call = await client.CallAsync();

        Assert.Equal(504, Assert.IsType<CallResult.ServerError>(call.Result).Answer.Status);
        Assert.Equal(4, client.Attempts.Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(600)]
    public async Task Any_other_answer_is_final(int status)
    {
        using ScriptedClient client = new([Answer(status)]);

        Call call = await client.CallAsync();

        Assert.Equal(status, call.Result.Response!.Status);
        Assert.Single(client.Attempts);
    }

    [Theory]
    [InlineData("GET", null, true)]
    [InlineData("PUT", null, true)]
    [InlineData("DELETE", null, true)]
    [InlineData("POST", null, false)]
    [InlineData("PATCH", null, false)]
    [InlineData("POST", true, true)]
    [InlineData("GET", false, false)]
    [InlineData("DELETE", false, false)]
    public async Task Failure_after_sending_is_retried_only_when_the_request_may_be_repeated(string method, bool? idempotent, bool isRetried)
    {
        foreach (Network failure in (Network[])[Answer(500), Reset(), Silence()])
        {
            using ScriptedClient client = new([failure, Answer(200)]);

            Call call = await client.CallAsync(method, idempotent);

            Assert.Equal(isRetried ? 2 : 1, client.Attempts.Count);
            Assert.Equal(isRetried, call.Result is CallResult.Succeeded);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Request_that_was_never_sent_is_retried_whatever_it_is(string method)
    {
        using ScriptedClient client = new([Refuse(), NeverConnect(), Refuse(), Answer(200)]);

        Call call = await client.CallAsync(method);

        Assert.IsType<CallResult.Succeeded>(call.Result);
        Assert.Equal(4, client.Attempts.Count);
    }

    [Fact]
    public async Task Request_that_was_sent_in_any_attempt_is_not_repeated_blindly()
    {
        using ScriptedClient client = new([Refuse(), Reset(), Answer(200)]);

        Call call = await client.CallAsync("POST");

        Assert.Equal(RequestFate.Unknown, Assert.IsType<CallResult.Unreachable>(call.Result).Fate);
        Assert.Equal(2, client.Attempts.Count);
    }

    [Theory]
    [InlineData("POST", RequestFate.NotSent)]
    [InlineData("GET", RequestFate.NotSent)]
    public async Task Request_that_never_got_out_says_so(string method, RequestFate fate)
    {
        using ScriptedClient client = new([Refuse(), Refuse(), Refuse(), Refuse()]);

        Call call = await client.CallAsync(method);

        Assert.Equal(fate, Assert.IsType<CallResult.Unreachable>(call.Result).Fate);
    }

    [Fact]
    public async Task Answer_whose_body_breaks_off_is_a_failed_attempt()
    {
        using ScriptedClient client = new([BreakOff(), BreakOff(500), Answer(200, body: "whole")]);

        Call call = await client.CallAsync();

        Assert.Equal("whole"u8, Assert.IsType<CallResult.Succeeded>(call.Result).Answer.Body.Span);
        Assert.Equal(3, client.Attempts.Count);
    }

    [Fact]
    public async Task Answer_whose_body_breaks_off_says_that_a_post_was_carried_out()
    {
        using ScriptedClient client = new([BreakOff()]);

        Call call = await client.CallAsync("POST");

        CallResult.Unreadable result = Assert.IsType<CallResult.Unreadable>(call.Result);
        Assert.Equal((200, "The connection broke before its end."), (result.Answer.Status, result.Answer.Incomplete));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(429)]
    public async Task Status_that_has_come_is_the_answer_whatever_becomes_of_its_body(int status)
    {
        using ScriptedClient client = new([BreakOff(status)]);

        Call call = await client.CallAsync();

        Assert.Equal((status, "{\"half\":"), (call.Result.Response!.Status, System.Text.Encoding.UTF8.GetString(call.Result.Response.Body.Span)));
        Assert.Single(client.Attempts);
    }

    [Fact]
    public async Task Last_real_answer_outlives_an_attempt_that_gets_none()
    {
        using ScriptedClient client = new([Answer(503, "7", "why"), Silence(), Reset(), Refuse()]);

        Call call = await client.CallAsync();

        CallResult.ServerError result = Assert.IsType<CallResult.ServerError>(call.Result);
        Assert.Equal((503, "why", 7.0), (result.Answer.Status, System.Text.Encoding.UTF8.GetString(result.Answer.Body.Span), result.RetryAfter?.TotalSeconds));
        Assert.Equal([503, null, null, null], call.Tries!.Select(each => each.Status));
        Assert.Equal([null, null, null, false], call.Tries!.Select(each => each.Sent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    public async Task Retries_are_as_many_as_set(int retries)
    {
        ResilienceOptions options = new() { Retries = retries, BaseDelay = TimeSpan.Zero, BreakerMinimumThroughput = 100 };
        using ScriptedClient client = new(Enumerable.Repeat(Answer(500), retries + 1), options);

        Call call = await client.CallAsync();

        Assert.IsType<CallResult.ServerError>(call.Result);
        Assert.Equal(retries + 1, client.Attempts.Count);
    }

    [Fact]
    public async Task Without_retries_even_a_request_that_was_never_sent_is_tried_once()
    {
        using ScriptedClient client = new([Refuse()], new ResilienceOptions { Retries = 0 });

        Call call = await client.CallAsync();

        Assert.Equal(RequestFate.NotSent, Assert.IsType<CallResult.Unreachable>(call.Result).Fate);
        Assert.Equal(TimeSpan.Zero, call.Duration);
    }
}
