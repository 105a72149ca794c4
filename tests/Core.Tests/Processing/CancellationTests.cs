using Courier.Contracts;
using Courier.Processing;
using Courier.Tests.Messages;

namespace Courier.Tests.Processing;

/// <summary>A host that stops: before the call the message goes back untouched, a call that has begun is seen through.</summary>
public sealed class CancellationTests
{
    private const string Request = """{"id":"r1","method":"POST","path":"/x"}""";

    [Fact]
    public async Task Cancelled_before_the_call_nothing_is_called_or_written()
    {
        StubApi api = new();
        await using TestCourier courier = TestCourier.Create(api);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            courier.Get<RequestProcessor>().ProcessAsync(TestMessages.CreateMessage(Request), new CancellationToken(canceled: true)));

        Assert.Empty(api.Sent);
        Assert.Empty(await courier.ResultsAsync());
        Assert.Empty(await courier.RecordsAsync());
        Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task Cancelled_during_the_call_the_request_is_seen_through(int status)
    {
        using CancellationTokenSource stopping = new();
        bool callWasCancelled = false;
        StubApi api = new(async (_, cancellationToken) =>
        {
            await stopping.CancelAsync();
            callWasCancelled = cancellationToken.IsCancellationRequested;
            return TestAnswers.Create(status);
        });
        await using TestCourier courier = TestCourier.Create(api);

        await courier.Get<RequestProcessor>().ProcessAsync(TestMessages.CreateMessage(Request), stopping.Token);

        Assert.False(callWasCancelled);
        Assert.Equal(status == 200 ? 1 : 0, (await courier.ResultsAsync()).Count);
        Assert.Equal(status == 403 ? 1 : 0, (await courier.RecordsAsync()).Count);
        Assert.Equal(status == 503 ? 1 : 0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Malformed_message_is_dead_lettered_whole_even_when_the_host_stops()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());

        await courier.Get<RequestProcessor>().ProcessAsync(TestMessages.CreateMessage("{}"), new CancellationToken(canceled: true));

        Assert.Single(await courier.RecordsAsync());
        Assert.Single(await courier.DeadLettersAsync());
    }
}
