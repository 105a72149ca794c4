using System.Net;
using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Processing;

/// <summary>The result message, its body apart (<see cref="ResultBodyTests"/>).</summary>
public sealed class ResultTests
{
    [Fact]
    public async Task Result_has_the_fields_of_the_contract()
    {
        StubApi api = TestAnswers.Always(201, """{"grade":"A"}""", "application/json; charset=utf-8", ("X-Request-Id", "req-1"), ("Link", "</x?page=2>; rel=\"next\""));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"id":"r1","method":"POST","path":"/x","metadata":{"n":1.10}}""");

        await courier.ProcessAsync();

        JsonElement result = Assert.Single(await courier.ResultsAsync());
        Assert.Equal(["id", "status", "headers", "body", "metadata", "attempts", "completedAt"], result.EnumerateObject().Select(field => field.Name));
        Assert.Equal("r1", result.GetProperty("id").GetString());
        Assert.Equal(201, result.GetProperty("status").GetInt32());
        Assert.Equal("application/json; charset=utf-8", result.GetProperty("headers").GetProperty("content-type").GetString());
        Assert.Equal("req-1", result.GetProperty("headers").GetProperty("x-request-id").GetString());
        Assert.Equal("</x?page=2>; rel=\"next\"", result.GetProperty("headers").GetProperty("link").GetString());
        Assert.Equal("""{"grade":"A"}""", result.GetProperty("body").GetRawText());
        Assert.Equal("""{"n":1.10}""", result.GetProperty("metadata").GetRawText());
        Assert.Equal(courier.Clock.GetUtcNow(), result.GetProperty("completedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Cookies_and_unknown_headers_stay_out()
    {
        StubApi api = TestAnswers.Always(200, "{}", "application/json", ("Set-Cookie", "session=1"), ("Server", "nginx"), ("X-Internal-Token", "1"));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        JsonElement headers = Assert.Single(await courier.ResultsAsync()).GetProperty("headers");
        Assert.Equal(["content-type"], headers.EnumerateObject().Select(header => header.Name));
    }

    [Fact]
    public async Task Header_that_was_cut_says_so()
    {
        StubApi api = TestAnswers.Always(200, "{}", "application/json", ("X-Request-Id", new string('a', 2049)), ("X-Trace-Id", new string('b', 2048)));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        JsonElement headers = Assert.Single(await courier.ResultsAsync()).GetProperty("headers");
        Assert.Equal(new string('a', 2047) + "…", headers.GetProperty("x-request-id").GetString());
        Assert.Equal(new string('b', 2048), headers.GetProperty("x-trace-id").GetString());
    }

    [Fact]
    public async Task Attempts_tell_of_every_call()
    {
        StubApi api = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");
        DateTimeOffset began = courier.Clock.GetUtcNow();

        await courier.ProcessThroughAsync(hours: 1);

        JsonElement result = Assert.Single(await courier.ResultsAsync());
        JsonElement[] attempts = [.. result.GetProperty("attempts").EnumerateArray()];
        Assert.Equal(["server-error", "rate-limited", "succeeded"], attempts.Select(attempt => attempt.GetProperty("outcome").GetString()));
        Assert.Equal([503, 429, 200], attempts.Select(attempt => attempt.GetProperty("status").GetInt32()));
        Assert.Equal([0, 30, 60], attempts.Select(attempt => (attempt.GetProperty("at").GetDateTimeOffset() - began).TotalSeconds));
    }

    [Fact]
    public async Task Duration_of_a_call_is_told_in_milliseconds()
    {
        FakeClock clock = new();
        StubApi api = new((_, _) =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(812.7));
            return Task.FromResult(TestAnswers.Create(200, "{}"));
        });
        await using TestCourier courier = TestCourier.Create(api, clock);
        await courier.PostAsync("""{"method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        JsonElement attempt = Assert.Single(Assert.Single(await courier.ResultsAsync()).GetProperty("attempts").EnumerateArray());
        Assert.Equal(812, attempt.GetProperty("durationMs").GetInt64());
    }

    [Fact]
    public async Task Nobody_wants_a_result_none_is_written()
    {
        StubApi api = TestAnswers.Always(200, new string('a', 100_000), "text/csv");
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"method":"GET","path":"/x","reply":false}""");

        await courier.ProcessAsync();

        Assert.Single(api.Sent);
        Assert.Empty(await courier.ResultsAsync());
        Assert.Empty(await courier.RecordsAsync());
        Assert.Empty(await courier.BlobsAsync(courier.Storage.ResultBodies));
        Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reply_unwanted_still_brings_the_dead_letter()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi(HttpStatusCode.Forbidden));
        await courier.PostAsync("""{"method":"GET","path":"/x","reply":false}""");

        await courier.ProcessAsync();

        Assert.Single(await courier.RecordsAsync());
    }

    [Fact]
    public async Task Metadata_that_is_too_long_for_a_message_goes_to_a_blob()
    {
        string metadata = $$"""{"n":1.10,"text":"{{new string('m', 60_000)}}"}""";
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, """{"grade":"A"}"""));
        await courier.PostAsync($$"""{"id":"r1","method":"GET","path":"/x","metadata":{{metadata}}}""");

        await courier.ProcessAsync();

        JsonElement result = Assert.Single(await courier.ResultsAsync());
        Assert.False(result.TryGetProperty("metadata", out _));
        Assert.Equal("api-results/r1/metadata.json", result.GetProperty("metadataRef").GetString());
        Assert.Equal(metadata, await courier.BlobTextAsync(courier.Storage.ResultBodies, "r1/metadata.json"));
        Assert.True(result.TryGetProperty("body", out _) || result.TryGetProperty("bodyRef", out _));
    }
}
