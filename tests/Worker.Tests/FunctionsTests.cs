using Courier.LocalHost.Triggers;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests;

public sealed class FunctionsTests(PublishedWorker app)
{
    [Fact]
    public async Task Worker_offers_the_four_triggers_under_names_that_the_platform_can_resolve_and_the_local_host_has_the_same()
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
        Assert.Equal(
            worker.Functions.Select(function => (function.Name, function is WorkerFunction.Queue queue ? queue.QueueName : ((WorkerFunction.Timer)function).Schedule)),
            TriggerTable.Triggers.Select(trigger => (trigger.Name, trigger is LocalTrigger.Queue queue ? queue.Setting : LocalTrigger.Timer.Schedule)));
    }
}
