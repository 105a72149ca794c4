using System.Text.Json;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests;

public sealed class SmokeTests(PublishedWorker app, ITestOutputHelper output)
{
    [Fact]
    public async Task Message_becomes_a_call_and_a_result()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder);
        await using HostedWorker worker = await world.StartAsync();
        await world.PostAsync("""{"id":"one","method":"GET","path":"/companies/example.com"}""");

        await world.SettledAsync(TimeSpan.FromSeconds(20));
        await worker.StopAsync(CancellationToken.None);
        output.WriteLine(world.Journal.Text());

        JsonElement result = Assert.Single(await WorkerWorld.DrainAsync(world.Storage.Results));
        Assert.Equal("one", result.GetProperty("id").GetString());
    }
}
