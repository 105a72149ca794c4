using System.Collections.Concurrent;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Courier.Storage;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;
using Courier.WorkerHost.Triggers;
using Microsoft.Extensions.Logging;

namespace Courier.Worker.Tests;

/// <summary>What becomes of a message that fails on the queue, and there where failed messages go.</summary>
public sealed class PoisonTests(PublishedWorker app)
{
    [Fact]
    public async Task Listener_gives_a_message_up_after_five_failures_and_hides_it_on_the_poison_queue_after_each()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder);
        ConcurrentQueue<string> failed = new();
        LastingListener listener = new(failure => QueueListening.Create(
            Options(app.Folder, world), [Queue("Request", world.Storage.Requests), Queue("Poison", world.Storage.Poison)],
            (function, _, _) =>
            {
                failed.Enqueue(function.Name);
                throw new WorkerFailedException("It fails always.");
            }, failure, world.Journal), TimeProvider.System, world.Journal);
        await world.PostAsync("anything");

        await listener.StartAsync(TestContext.Current.CancellationToken);
        while (!failed.Contains("Poison"))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken); // longer than the pause after a failure and the longest poll
        await listener.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Request", "Request", "Request", "Request", "Request", "Poison"], failed);
        Assert.Equal(0, await world.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await world.Storage.Poison.CountAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await world.Storage.Poison.ReceiveAsync(1, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Capture_that_fails_puts_a_copy_back_and_tells_it_as_an_error()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder);
        await using HostedWorker worker = await world.StartAsync();
        await LeaseRecordsAsync(new BlobContainerClient(world.Emulator.ConnectionString, world.Storage.DeadLetterRecords.Name), "stuck");

        await world.Storage.Poison.SendAsync(Encoding.UTF8.GetBytes("""{"id":"stuck","method":"GET","path":"/x"}"""), TimeSpan.Zero, TestContext.Current.CancellationToken);
        while (world.Journal.Runs.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);

        LogLine line = Assert.Single(new WorkerLines(world.Journal).Starting("poison.postponed"));
        Assert.Equal((LogLevel.Error, world.Journal.Runs[0].InvocationId), (line.Level, line.InvocationId));
        Assert.Null(world.Journal.Runs[0].Error);
        Assert.Empty(await world.Storage.Poison.ReceiveAsync(1, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        Assert.NotEqual(0, await world.Storage.Poison.CountAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Somebody holds a lease on the blob that the record will be written to: today's, and tomorrow's should midnight pass.</summary>
    private static async Task LeaseRecordsAsync(BlobContainerClient records, string id)
    {
        DateTimeOffset today = TimeProvider.System.GetUtcNow();
        foreach (DateTimeOffset day in new[] { today, today.AddDays(1) })
        {
            BlobClient blob = records.GetBlobClient($"{day:yyyy-MM-dd}/{id}.json");
            await blob.UploadAsync(BinaryData.FromString("{}"), TestContext.Current.CancellationToken);
            await blob.GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private static HostedWorkerOptions Options(string folder, WorkerWorld world) => new()
    {
        AppFolder = folder,
        Settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = world.Emulator.ConnectionString,
            ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:01",
        },
    };

    private static WorkerFunction.Queue Queue(string name, IMessageQueue queue) => new(name, "message", queue.Name, "AzureWebJobsStorage", IsDeferred: true);
}
