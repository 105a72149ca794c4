using System.Text;
using Courier.ApiSimulator;
using Courier.Storage;

namespace Courier.EndToEnd.Tests;

public sealed class SecretsTests
{
    [Fact]
    public async Task Nothing_that_a_run_writes_holds_the_key()
    {
        await using World world = await World.CreateAsync();
        world.Api.Script(new Fault { Match = "*show=echo-error", Status = 403, Body = $$$"""{"error":{"message":"Token {{{World.Key}}} may not"}}""" });
        world.Api.Script(new Fault { Match = "*show=echo", Status = 200, Body = $$"""{"you sent":"Token {{World.Key}}"}""" });
        world.Api.Script(new Fault { Match = "*show=echo-file", Status = 200, Body = $"key\n{World.Key}\n", Headers = new Dictionary<string, string> { ["Content-Type"] = "text/csv" } });
        world.Api.Script(new Fault { Match = "*show=echo-header", Status = 404, Headers = new Dictionary<string, string> { ["x-request-id"] = World.Key } });
        world.Api.Script(new Fault { Match = "*show=throttled", Status = 429, RetryAfter = "1", Times = 2 });
        await world.PostAsync(
        [
            .. ((string[])["echo-error", "echo", "echo-file", "echo-header", "throttled"]).Select(show => $$"""{"method":"GET","path":"/companies/example.com?show={{show}}"}"""),
            $$$"""{"method":"GET","path":"/me","headers":{"Authorization":"Token {{{World.Key}}}"}}""",
            $$$"""{"method":"GET","path":"/portfolios/none","metadata":{"key":"{{{World.Key}}}"}}""",
            $"not JSON, Authorization: Token {World.Key}",
        ]);

        await using CourierProcess courier = world.StartCourier(("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Courier", "Trace"));
        await world.SettledAsync(TimeSpan.FromMinutes(1));
        await courier.InterruptAsync();

        List<string> written = [courier.Output, .. await QueuesAsync(world.Storage), .. await BlobsAsync(world.Storage)];
        Assert.True(written.Count > 12, "The run wrote less than it should have.");
        Assert.Contains(written, text => text.Contains("[redacted]", StringComparison.Ordinal));
        Assert.DoesNotContain(written, text => text.Contains(World.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(written, text => text.Contains("\"Authorization\":", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<List<string>> QueuesAsync(CourierStorage storage)
    {
        List<string> texts = [];
        foreach (IMessageQueue queue in new[] { storage.Requests, storage.Poison, storage.Results, storage.DeadLetters, storage.Alerts })
            texts.AddRange(await World.DrainAsync(queue));
        return texts;
    }

    private static async Task<List<string>> BlobsAsync(CourierStorage storage)
    {
        List<string> texts = [];
        foreach (IBlobContainer container in new[] { storage.RequestBodies, storage.ResultBodies, storage.DeadLetterRecords, storage.State })
        {
            await foreach (string name in container.ListAsync("", CancellationToken.None))
                texts.Add(Encoding.UTF8.GetString((await container.ReadAsync(name, CancellationToken.None))!.Content.Span));
        }

        return texts;
    }
}
