using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using Courier.Api;
using Courier.Resilience;
using Polly.CircuitBreaker;
using static Courier.Tests.Resilience.Networks;

namespace Courier.Tests.Resilience;

public sealed class ApiClientTests
{
    public static TheoryData<Exception> Failures { get; } =
    [
        new HttpRequestException("somehow"), new HttpRequestException(HttpRequestError.NameResolutionError), new HttpIOException(HttpRequestError.ResponseEnded),
        new IOException(), new SocketException(), new AuthenticationException(), new TimeoutException(), new TaskCanceledException(), new OperationCanceledException(),
        new InvalidOperationException(), new ObjectDisposedException("connection"), new NotSupportedException(), new FormatException(), new KeyNotFoundException(),
        new AggregateException(new IOException()), new ExecutionRejected(), new TargetInvocationException(new IOException()),
    ];

    [Theory]
    [InlineData(200, typeof(CallResult.Succeeded))]
    [InlineData(204, typeof(CallResult.Succeeded))]
    [InlineData(299, typeof(CallResult.Succeeded))]
    [InlineData(301, typeof(CallResult.Rejected))]
    [InlineData(304, typeof(CallResult.Rejected))]
    [InlineData(400, typeof(CallResult.Rejected))]
    [InlineData(401, typeof(CallResult.Unauthorized))]
    [InlineData(403, typeof(CallResult.Rejected))]
    [InlineData(404, typeof(CallResult.Rejected))]
    [InlineData(407, typeof(CallResult.Rejected))]
    [InlineData(408, typeof(CallResult.ServerError))]
    [InlineData(409, typeof(CallResult.Rejected))]
    [InlineData(422, typeof(CallResult.Rejected))]
    [InlineData(425, typeof(CallResult.ServerError))]
    [InlineData(429, typeof(CallResult.RateLimited))]
    [InlineData(499, typeof(CallResult.Rejected))]
    [InlineData(500, typeof(CallResult.ServerError))]
    [InlineData(501, typeof(CallResult.ServerError))]
    [InlineData(503, typeof(CallResult.ServerError))]
    [InlineData(599, typeof(CallResult.ServerError))]
    [InlineData(600, typeof(CallResult.Rejected))]
    [InlineData(999, typeof(CallResult.Rejected))]
    public async Task Each_status_has_its_result(int status, Type result)
    {
        using ScriptedClient client = Create(Answer(status, body: "said"));

        Call call = await client.CallAsync();

        Assert.IsType(result, call.Result);
        Assert.Equal(status, call.Result.Response!.Status);
        Assert.Equal("said"u8, call.Result.Response.Body.Span);
    }

    [Theory]
    [InlineData(429, "60", 60)]
    [InlineData(429, "Thu, 01 Jan 2026 00:01:00 GMT", 60)]
    [InlineData(429, null, null)]
    [InlineData(429, "soon", null)]
    [InlineData(503, "60", 60)]
    [InlineData(503, null, null)]
    public async Task Retry_after_is_told_without_margin(int status, string? retryAfter, int? seconds)
    {
        using ScriptedClient client = Create(Answer(status, retryAfter));

        CallResult result = (await client.CallAsync()).Result;

        TimeSpan? told = result is CallResult.RateLimited limited ? limited.RetryAfter : Assert.IsType<CallResult.ServerError>(result).RetryAfter;
        Assert.Equal(seconds, told?.TotalSeconds);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_is_thrown_becomes_a_result(Exception failure)
    {
        using ScriptedClient client = Create(Throw(failure));

        CallResult.Unreachable result = Assert.IsType<CallResult.Unreachable>((await client.CallAsync()).Result);

        Assert.EndsWith(".", result.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Circuit_that_does_not_say_how_long_is_waited_for_as_long_as_it_breaks()
    {
        using ScriptedClient client = Create(Throw(new BrokenCircuitException()));

        Assert.Equal(new CallResult.CircuitOpen(TimeSpan.FromSeconds(30)), (await client.CallAsync()).Result);
    }

    [Fact]
    public async Task Cancelled_caller_gets_his_cancellation()
    {
        using CancellationTokenSource source = new();
        using ScriptedClient client = Create((request, cancellationToken) =>
        {
            source.Cancel();
            return Silence()(request, cancellationToken);
        });
        client.Cancellation = source.Token;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CallAsync());
    }

    [Fact]
    public async Task Call_tells_when_it_began_and_how_long_it_took()
    {
        using ScriptedClient client = Create();
        client.Clock.Advance(TimeSpan.FromMinutes(1));
        DateTimeOffset began = client.Clock.GetUtcNow();
        client.Script.Enqueue(After(client.Clock, TimeSpan.FromSeconds(3), Answer(200)));

        Call call = await client.CallAsync();

        Assert.Equal((began, TimeSpan.FromSeconds(3), began.AddSeconds(3)), (call.At, call.Duration, call.EndedAt));
        Assert.Equal(("succeeded", 200, 3000), (call.Record.Outcome, call.Record.Status, call.Record.DurationMs));
    }

    private static ScriptedClient Create(params Network[] script) => new(script, new ResilienceOptions { Retries = 0 });

    private sealed class ExecutionRejected() : Polly.ExecutionRejectedException("full");
}
