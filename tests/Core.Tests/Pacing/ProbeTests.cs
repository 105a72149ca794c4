using System.Text.Json;
using Courier.Contracts;
using Courier.Pacing;
using Courier.Storage;

namespace Courier.Tests.Pacing;

/// <summary>A probe costs a call and time, and there is little of both.</summary>
public sealed class ProbeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(401)]
    public async Task Claims_that_a_hanging_probe_should_check_do_not_keep_a_function_beyond_its_time(int status)
    {
        FakeClock clock = new();
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock) };
        await using TestCourier courier = new(setup.With(("Quota:Limit", "5000"), ("Resilience:Retries", "3")));
        courier.Api.Answer = path => path == "/portfolios" ? ScriptedApi.Hangs : status;
        for (int i = 0; i < 24; i++)
            await courier.PostCallsAsync($"/companies/c{i}.example.com");
        DateTimeOffset begun = courier.Now;
        IReadOnlyList<QueuedMessage> messages = await courier.Storage.Requests.ReceiveAsync(24, TimeSpan.FromHours(1), Cancelled);

        await clock.RunAsync(async () =>
        {
            await Task.WhenAll(messages.Select(courier.ProcessAsync));
            return 0;
        });

        TimeSpan longest = courier.Now - begun;
        Assert.True(longest < TimeSpan.FromMinutes(5), $"It took {longest}, {courier.Calls.Count(call => call.Path == "/portfolios")} probes: the host ends a function after five minutes, and the worker with all calls of the others.");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Probes_stay_within_a_small_limit_too(int status)
    {
        FakeClock clock = new();
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock) };
        await using TestCourier courier = new(setup.With(("Quota:Limit", "20"), ("Quota:Window", "01:00:00"), ("Quota:Reserve", "0"), ("Outage:MinimumCalls", "1")));
        courier.Api.Answer = _ => status;
        for (int i = 0; i < 10; i++)
            await courier.PostCallsAsync($"/c{i}");

        await courier.PassAsync(TimeSpan.FromHours(1));

        Assert.InRange(RollingWindow.Most([.. courier.Calls.Select(call => call.At)], TimeSpan.FromHours(1)), 2, 21); // "a probe may be one call over" (023)
    }

    [Fact]
    public async Task Hold_that_was_probed_by_a_clock_that_is_ahead_is_lifted_all_the_same()
    {
        FakeClock clock = new();
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock) };
        await using TestCourier courier = new(setup.With(("Quota:Limit", "5000")));
        courier.Api.Answer = _ => 401;
        await courier.PostCallsAsync("/x");
        await courier.ProcessAsync();
        StoredBlob stored = (await courier.Storage.State.ReadAsync(CredentialHold.Blob, Cancelled))!;
        CredentialState held = JsonSerializer.Deserialize(stored.Content.Span, PacingJson.Format.CredentialState)!;
        await courier.Storage.State.WriteAsync(CredentialHold.Blob, JsonSerializer.SerializeToUtf8Bytes(held with { ProbedAt = courier.Now.AddHours(20) }, PacingJson.Format.CredentialState), "application/json", Cancelled);
        courier.Api.Answer = _ => 200;
        await courier.PostCallsAsync("/y");

        await courier.ProcessForAsync(TimeSpan.FromHours(1));

        Assert.Contains("/y", courier.Paths);
    }
}
