using System.Text.Json;
using Courier.ApiSimulator;
using Courier.ApiSimulator.Requests;
using Courier.Contracts;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Log_tells_each_call_oldest_first()
    {
        FakeClock clock = new();
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { QuotaLimit = 2 }, clock);
        client.Api.Script(new() { Match = "GET /portfolios*", Status = 500, Times = 1 });
        using HttpResponseMessage created = await client.SendAsync("POST", "/portfolios?a=%2F", """{"name":"Mine"}""", idempotencyKey: "k-1");
        clock.Advance(TimeSpan.FromSeconds(1));
        await client.StatusAsync("/portfolios");
        await client.StatusAsync("/me");

        JsonElement log = await client.JsonAsync("/_requests");

        Assert.Equal(
            [
                """{"sequence":1,"at":"2026-01-01T00:00:00+00:00","method":"POST","path":"/portfolios?a=%2F","status":201,"id":"k-1","refused":false,"fault":null}""",
                """{"sequence":2,"at":"2026-01-01T00:00:01+00:00","method":"GET","path":"/portfolios","status":500,"id":null,"refused":false,"fault":"GET /portfolios*"}""",
                """{"sequence":3,"at":"2026-01-01T00:00:01+00:00","method":"GET","path":"/me","status":429,"id":null,"refused":true,"fault":null}""",
            ],
            log.EnumerateArray().Select(entry => entry.GetRawText()));
    }

    [Fact]
    public async Task Log_never_holds_a_key()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Key = "very-secret" });
        await client.StatusAsync("/me");
        client.Authorization = new("Token", "wrong-secret");
        await client.StatusAsync("/me");

        Assert.DoesNotContain("secret", await client.TextAsync("/_requests"));
    }

    [Fact]
    public async Task Log_keeps_the_latest_calls_only()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { MaxLoggedRequests = 3 });
        for (int i = 1; i <= 5; i++)
            await client.StatusAsync($"/me?{i}");

        Assert.Equal(["/me?3", "/me?4", "/me?5"], client.Api.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Since_skips_what_was_seen()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();
        for (int i = 1; i <= 3; i++)
            await client.StatusAsync($"/me?{i}");

        JsonElement log = await client.JsonAsync("/_requests?since=2");

        Assert.Equal("/me?3", Assert.Single(log.EnumerateArray()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task Cleared_log_is_empty_and_goes_on_counting()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();
        await client.StatusAsync("/me");

        Assert.Equal(204, await client.StatusAsync("/_requests", "DELETE"));

        Assert.Empty(client.Api.Requests);
        await client.StatusAsync("/me");
        Assert.Equal(2, Assert.Single(client.Api.Requests).Sequence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Late_answer_does_not_bring_back_a_call_that_left_the_log(bool cleared)
    {
        RequestLog log = new(capacity: 1);
        LoggedRequest slow = log.Add(new() { At = default, Method = "GET", Path = "/slow" });
        if (cleared)
            log.Clear();
        else
            log.Add(slow with { Path = "/next" });

        log.Replace(slow with { Status = 200 });

        Assert.DoesNotContain(log.Since(0), request => request.Path == "/slow");
    }

    [Fact]
    public async Task Call_still_being_answered_is_logged_without_a_status()
    {
        SimulatorClient client = await SimulatorClient.StartAsync();
        client.Api.Script(new() { Match = "/me", Delay = TimeSpan.FromHours(1) });
        Task<HttpResponseMessage> pending = client.GetAsync("/me");
        await client.ArrivalAsync();

        LoggedRequest entry = Assert.Single(client.Api.Requests);

        Assert.Null(entry.Status);
        await client.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => pending);
    }
}
