using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests;

public sealed class FunctionsTests(PublishedWorker app)
{
    [Fact]
    public async Task Worker_offers_the_four_triggers_under_names_that_the_platform_can_resolve()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder);
        await using HostedWorker worker = await world.StartAsync();

        Assert.Equal<WorkerFunction>(
            [
                new WorkerFunction.Queue("CapturePoison", "message", "%PoisonQueue%", "AzureWebJobsStorage", IsDeferred: true),
                new WorkerFunction.Queue("ProcessRequest", "message", "%RequestQueue%", "AzureWebJobsStorage", IsDeferred: true),
                new WorkerFunction.Timer("RunSchedules", "timer", "0 * * * * *"),
                new WorkerFunction.Timer("WatchHealth", "timer", "0 * * * * *"),
            ],
            worker.Functions);
    }
}
