using Courier.ApiSimulator;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests;

/// <summary>
/// Three instances as they are deployed, each behind a host of its own, at one quota. Its hour is compressed to 12 seconds, and with it the two
/// seconds after which the host looks again at a queue that was empty.
/// </summary>
[Collection(nameof(Alone))]
public sealed class PacingTests(PublishedWorker app, ITestOutputHelper output)
{
    private const int Requests = 300;

    /// <summary>
    /// The limit alone allows 60 at once, and 60 more every 12 seconds: 48 seconds for all of them.
    /// </summary>
    [Fact]
    public async Task Whole_quota_is_used_and_none_too_many()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(
            app.Folder, new SimulatorOptions { Key = WorkerWorld.Key, QuotaLimit = 60, QuotaWindow = TimeSpan.FromSeconds(12) },
            ("Quota__Limit", "60"), ("Quota__Window", "00:00:12"), ("Quota__Reserve", "0"), ("Quota__MaxRate", "20"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.200"));
        string[] ids = [.. Enumerable.Range(0, Requests).Select(i => $"r{i}")];
        await world.PostAsync(ids.Select(id => $$"""{"id":"{{id}}","method":"GET","path":"/companies/example.com"}"""));

        await using HostedWorker first = await world.StartAsync();
        await using HostedWorker second = await world.StartAsync();
        await using HostedWorker third = await world.StartAsync();
        await world.SettledAsync(TimeSpan.FromMinutes(3));

        List<string> results = [.. (await WorkerWorld.DrainAsync(world.Storage.Results)).Select(result => result.GetProperty("id").GetString()!)];
        int refused = world.Api.Requests.Count(call => call.Refused);
        TimeSpan took = world.Api.Requests[^1].At - world.Api.Requests[0].At;
        output.WriteLine($"{Requests} requests in {took.TotalSeconds:0.0} s, {refused} refused, {results.Count - results.Distinct().Count()} repeated");
        Assert.True(refused <= 3, $"{refused} calls were refused.");
        Assert.InRange(took.TotalSeconds, 0, 1.35 * 48);
        Assert.Equal(ids.Order(), results.Distinct().Order());
        Assert.Empty(await WorkerWorld.DrainAsync(world.Storage.DeadLetters));
    }
}
