using System.Text.Json;
using Courier.Contracts;
using Courier.LocalHost.Listening;

namespace Courier.EndToEnd.Tests.Hosting;

public sealed class ListenerOptionsTests
{
    [Fact]
    public async Task Defaults_are_what_host_json_says()
    {
        await using FileStream file = File.OpenRead(Repository.PathOf("host.json"));
        using JsonDocument host = await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        JsonElement queues = host.RootElement.GetProperty("extensions").GetProperty("queues");
        ListenerOptions options = new();

        Assert.Equal(queues.GetProperty("batchSize").GetInt32(), options.BatchSize);
        Assert.Equal(queues.GetProperty("newBatchThreshold").GetInt32(), options.NewBatchThreshold);
        Assert.Equal(queues.GetProperty("maxDequeueCount").GetInt32(), options.MaxDequeueCount);
        Assert.Equal(queues.GetProperty("visibilityTimeout").GetString(), options.RetryDelay.ToString());
        Assert.Equal(queues.GetProperty("maxPollingInterval").GetString(), options.LongestPoll.ToString());
    }
}
