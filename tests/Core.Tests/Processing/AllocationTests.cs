using System.Net;
using System.Text;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Tests.Processing;

public sealed class AllocationTests
{
    private const int Messages = 200;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Storage and network in memory included. What is counted is this thread's own; everything ends on it, because nothing waits.</summary>
    [Fact]
    public async Task Message_that_is_answered_costs_no_more_than_six_kilobytes()
    {
        await using TestCourier courier = TestCourier.Create(new InstantApi());
        RequestProcessor processor = courier.Get<RequestProcessor>();
        QueuedMessage[] messages = [.. Enumerable.Range(0, Messages).Select(Message)];

        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            least = Math.Min(least, AllocatedBy(processor, messages));
            Assert.Equal(Messages, await EmptyAsync(courier.Storage.Results));
        }

        Assert.InRange(least / Messages, 1, 6 * 1024);
    }

    private static long AllocatedBy(RequestProcessor processor, QueuedMessage[] messages)
    {
        bool ended = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (QueuedMessage message in messages)
            ended &= processor.ProcessAsync(message, Cancellation).IsCompletedSuccessfully;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(ended);
        return allocated;
    }

    /// <returns>How many messages there were.</returns>
    private static async Task<int> EmptyAsync(IMessageQueue queue)
    {
        int count = 0;
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), Cancellation) is { Count: > 0 } batch)
        {
            foreach (QueuedMessage message in batch)
                await queue.DeleteAsync(message, Cancellation);
            count += batch.Count;
        }

        return count;
    }

    private static QueuedMessage Message(int i) => new(
        "1",
        Encoding.UTF8.GetBytes($$"""{"id":"r{{i}}","method":"GET","path":"/companies/example.com","query":{"fields":"score,grade"},"metadata":{"row":{{i}} } }"""),
        DateTimeOffset.UnixEpoch, 1);

    private sealed class InstantApi : HttpMessageHandler
    {
        private static readonly byte[] s_body = """{"domain":"example.com","name":"Example","score":91,"grade":"A"}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new ByteArrayContent(s_body), RequestMessage = request };
            response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            response.Headers.TryAddWithoutValidation("x-request-id", "0HN0000000000");
            return Task.FromResult(response);
        }
    }
}
