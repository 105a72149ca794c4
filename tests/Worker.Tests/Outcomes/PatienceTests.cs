using System.Text.Json;
using Courier.ApiSimulator;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests.Outcomes;

/// <summary>Rows of the outcome table that concern every request of a worker at once: its circuit, and its patience.</summary>
public sealed class PatienceTests(PublishedWorker app)
{
    private const string Get = """{"id":"waits","method":"GET","path":"/companies/example.com"}""";

    [Fact]
    public async Task Request_that_meets_an_open_circuit_waits_for_it_without_using_an_attempt()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(
            app.Folder, ("Resilience__BreakerMinimumThroughput", "2"), ("Resilience__BreakDuration", "00:00:06"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.200"));
        world.Api.Script(new Fault { Match = "*", Status = 503, Times = 2 });
        await using HostedWorker worker = await world.StartAsync();
        await world.PostAsync(Get);
        await world.SettledAsync(TimeSpan.FromMinutes(1));

        Assert.Contains(new WorkerLines(world.Journal).Starting("request.settled waits"), line => line.Message.Contains(": circuit-open (null) -> reschedule ", StringComparison.Ordinal));
        Assert.Equal("succeeded", Outcomes(Assert.Single(await WorkerWorld.DrainAsync(world.Storage.Results))).Last());
        Assert.Equal(3, world.Api.Requests.Count);
    }

    [Fact]
    public async Task Request_without_success_for_too_long_becomes_a_dead_letter_however_many_attempts_are_left()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, ("Routing__MaxAge", "00:00:02"), ("Routing__MaxAttempts", "1000"), ("Routing__MaxDelay", "00:00:01"));
        world.Api.Script(new Fault { Match = "*", Status = 503 });
        await using HostedWorker worker = await world.StartAsync();
        await world.PostAsync(Get);
        await world.SettledAsync(TimeSpan.FromMinutes(1));

        JsonElement record = Assert.Single(await WorkerWorld.DrainAsync(world.Storage.DeadLetters));
        Assert.Equal("attempts-exhausted", record.GetProperty("reason").GetString());
        Assert.Contains("its time (Routing:MaxAge 00:00:02, first call ", record.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.All(Outcomes(record), outcome => Assert.Equal("server-error", outcome));
    }

    private static IEnumerable<string?> Outcomes(JsonElement written) =>
        written.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString());
}
