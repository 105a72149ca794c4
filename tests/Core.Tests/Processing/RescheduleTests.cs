using System.Net;
using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Processing;

/// <summary>A request that is tried again comes back as a copy, at its time, with what it has been through.</summary>
public sealed class RescheduleTests
{
    [Theory]
    [InlineData(503, null, 30)]
    [InlineData(503, "90", 90.5)]
    [InlineData(429, "7", 7.5)]
    [InlineData(429, null, 30)]
    public async Task Copy_is_visible_exactly_after_the_delay(int status, string? retryAfter, double seconds)
    {
        StubApi api = TestAnswers.InTurn(TestAnswers.Create(status, "", retryAfter is null ? [] : [("Retry-After", retryAfter)]), TestAnswers.Create(200));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");
        await courier.ProcessAsync();

        courier.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        int early = await courier.ProcessAsync();
        courier.Clock.Advance(TimeSpan.FromTicks(1));
        int due = await courier.ProcessAsync();

        Assert.Equal((0, 1), (early, due));
        Assert.Single(await courier.ResultsAsync());
    }

    [Fact]
    public async Task Copy_replaces_the_original()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi(HttpStatusCode.BadGateway));
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        Assert.Equal(1, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await courier.RecordsAsync());
        Assert.Empty(await courier.ResultsAsync());
    }

    [Fact]
    public async Task Copy_carries_the_request_and_its_delivery_state()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(503));
        await courier.PostAsync("""{"id":"r1","method":"PUT","path":"/x?a=1","body":{"n":1.10},"metadata":{"team":"a"},"reply":false}""");

        await courier.ProcessAsync();

        JsonElement copy = await CopyAsync(courier, afterSeconds: 30);
        Assert.Equal(
            """
            {"id":"r1","method":"PUT","path":"/x?a=1","body":{"n":1.10},"reply":false,"metadata":{"team":"a"},"delivery":{"attempt":1,"firstSeenAt":"2026-01-01T00:00:00+00:00",
            "firstCallAt":"2026-01-01T00:00:00+00:00","history":[{"at":"2026-01-01T00:00:00+00:00","outcome":"server-error","status":503,"durationMs":0}]}}
            """.ReplaceLineEndings(""),
            copy.GetRawText());
    }

    [Fact]
    public async Task Made_id_stays_the_same_through_every_copy()
    {
        StubApi api = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");
        string id = Courier.Messages.RequestIdentity.Make((await courier.TakeAsync()) with { DequeueCount = 9 });
        courier.Clock.Advance(TimeSpan.FromMinutes(10));

        await courier.ProcessThroughAsync(hours: 1);

        Assert.Equal(id, Assert.Single(await courier.ResultsAsync()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(503, 1)]
    [InlineData(429, 0)]
    public async Task Only_a_failure_counts_as_an_attempt(int status, int attempt)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(status));
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        JsonElement delivery = (await CopyAsync(courier, afterSeconds: 30)).GetProperty("delivery");
        Assert.Equal(attempt, delivery.GetProperty("attempt").GetInt32());
        Assert.Equal(status == 503, delivery.TryGetProperty("firstCallAt", out _));
        Assert.Single(delivery.GetProperty("history").EnumerateArray());
    }

    [Fact]
    public async Task Open_circuit_leaves_no_trace_in_the_history()
    {
        StubApi api = new((_, _) => throw new Polly.CircuitBreaker.BrokenCircuitException("open", TimeSpan.FromSeconds(20)));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        JsonElement delivery = (await CopyAsync(courier, afterSeconds: 20.5)).GetProperty("delivery");
        Assert.Equal(0, delivery.GetProperty("attempt").GetInt32());
        Assert.Empty(delivery.GetProperty("history").EnumerateArray());
        Assert.False(delivery.TryGetProperty("firstCallAt", out _));
    }

    [Fact]
    public async Task First_seen_is_the_moment_of_posting_at_every_copy()
    {
        StubApi api = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Forbidden);
        await using TestCourier courier = TestCourier.Create(api);
        DateTimeOffset posted = courier.Clock.GetUtcNow();
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");
        courier.Clock.Advance(TimeSpan.FromMinutes(3));

        await courier.ProcessThroughAsync(hours: 1);

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(posted, record.GetProperty("firstSeenAt").GetDateTimeOffset());
        Assert.Equal(3, record.GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task Waits_for_rate_double_from_one_to_the_next()
    {
        List<TimeSpan> calls = [];
        FakeClock clock = new();
        DateTimeOffset start = clock.GetUtcNow();
        StubApi api = new((_, _) =>
        {
            calls.Add(clock.GetUtcNow() - start);
            return Task.FromResult(TestAnswers.Create(429));
        });
        await using TestCourier courier = TestCourier.Create(api, clock);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");

        await courier.ProcessThroughAsync(hours: 1);

        Assert.Equal([0, 30, 90, 210, 450, 930, 1890], calls.Select(call => call.TotalSeconds));
    }

    [Fact]
    public async Task Request_expires_while_it_waits()
    {
        StubApi api = new(HttpStatusCode.ServiceUnavailable);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x","expiresAt":"2026-01-01T00:00:20Z"}""");
        await courier.ProcessAsync();
        courier.Clock.Advance(TimeSpan.FromSeconds(20));

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal("expired", record.GetProperty("reason").GetString());
        Assert.Single(record.GetProperty("attempts").EnumerateArray());
        Assert.Single(api.Sent);
    }

    private static async Task<JsonElement> CopyAsync(TestCourier courier, double afterSeconds)
    {
        courier.Clock.Advance(TimeSpan.FromSeconds(afterSeconds));
        return JsonElement.Parse((await courier.TakeAsync()).Body.Span);
    }
}
