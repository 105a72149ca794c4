using System.Net;
using System.Text;
using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Processing;

/// <summary>The record of a request that was given up, and the message that announces it.</summary>
public sealed class DeadLetterTests
{
    private const string Request = """
        {"id":"r1","method":"PUT","path":"/x?a=1","query":{"b":2},"headers":{"Accept":"text/csv"},"body":{"n":1.10},"metadata":{"team":"a"},
         "delivery":{"firstSeenAt":"2025-12-31T10:00:00Z","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}
        """;

    [Fact]
    public async Task Record_has_the_fields_of_the_contract()
    {
        StubApi api = TestAnswers.Always(403, """{"error":{"message":"Not your company","statusCode":403}}""");
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync(Request);

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal("r1", record.GetProperty("id").GetString());
        Assert.Equal("forbidden", record.GetProperty("reason").GetString());
        Assert.Equal(403, record.GetProperty("status").GetInt32());
        Assert.Equal("Forbidden", record.GetProperty("title").GetString());
        Assert.Contains("doesn't have enough permissions", record.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, record.GetProperty("remedies").GetArrayLength());
        Assert.Equal("Not your company", record.GetProperty("apiMessage").GetString());
        Assert.Equal("2025-12-31T10:00:00+00:00", record.GetProperty("firstSeenAt").GetString());
        Assert.Equal(courier.Clock.GetUtcNow(), record.GetProperty("deadLetteredAt").GetDateTimeOffset());
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", record.GetProperty("traceId").GetString());
        Assert.Equal("courier dead-letters redrive r1", record.GetProperty("redrive").GetString());
    }

    [Fact]
    public async Task Record_holds_the_request_as_received()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi(HttpStatusCode.NotFound));
        await courier.PostAsync(Request);

        await courier.ProcessAsync();

        JsonElement request = Assert.Single(await courier.RecordsAsync()).GetProperty("request");
        Assert.Equal(
            """{"id":"r1","method":"PUT","path":"/x?a=1","query":{"b":2},"headers":{"Accept":"text/csv"},"body":{"n":1.10},"metadata":{"team":"a"}}""",
            request.GetRawText());
    }

    [Fact]
    public async Task Record_holds_the_answer_and_the_call()
    {
        StubApi api = TestAnswers.Always(409, "conflict", "text/plain", ("X-Request-Id", "req-1"), ("Set-Cookie", "a=b"));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync(Request);

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(
            """{"status":409,"headers":{"x-request-id":"req-1","content-type":"text/plain"},"body":"conflict"}""", record.GetProperty("response").GetRawText());
        Assert.Equal(
            """[{"at":"2026-01-01T00:00:00+00:00","outcome":"rejected","status":409,"durationMs":0}]""", record.GetProperty("attempts").GetRawText());
    }

    [Fact]
    public async Task Record_is_filed_under_its_day_and_id()
    {
        FakeClock clock = new(new DateTimeOffset(2026, 3, 1, 0, 30, 0, TimeSpan.FromHours(2)));
        await using TestCourier courier = TestCourier.Create(new StubApi(HttpStatusCode.BadRequest), clock);
        await courier.PostAsync(Request);

        await courier.ProcessAsync();

        Assert.Equal(["2026-02-28/r1.json"], await courier.BlobsAsync(courier.Storage.DeadLetterRecords));
        Assert.Equal("application/json", (await courier.Storage.DeadLetterRecords.ReadAsync("2026-02-28/r1.json", TestContext.Current.CancellationToken))!.ContentType);
    }

    [Fact]
    public async Task Doorbell_is_the_record_less_the_body_of_the_answer()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(500, "{}", headers: ("X-Request-Id", "req-1")), settings: [new("Routing:MaxAttempts", "1")]);
        await courier.PostAsync(Request);

        await courier.ProcessAsync();

        string record = Assert.Single(await courier.RecordsAsync()).GetRawText();
        string doorbell = Assert.Single(await courier.DeadLettersAsync()).GetRawText();
        Assert.Contains(",\"body\":\"{}\"}", record, StringComparison.Ordinal);
        Assert.Equal(record.Replace(",\"body\":\"{}\"}", "}", StringComparison.Ordinal), doorbell);
    }

    [Fact]
    public async Task First_8_kib_of_the_answer_are_kept()
    {
        string body = new string('a', 8 * 1024) + "b";
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400, body, "text/plain"));
        await courier.PostAsync(Request);

        await courier.ProcessAsync();

        Assert.Equal(body[..^1], Assert.Single(await courier.RecordsAsync()).GetProperty("response").GetProperty("body").GetString());
    }

    [Fact]
    public async Task No_answer_leaves_no_response()
    {
        StubApi api = new((_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"id":"r1","method":"POST","path":"/x"}""");

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal("outcome-unknown", record.GetProperty("reason").GetString());
        Assert.All(["status", "response", "apiMessage"], name => Assert.False(record.TryGetProperty(name, out _)));
        Assert.Equal("unreachable", Assert.Single(record.GetProperty("attempts").EnumerateArray()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Expired_request_is_not_called()
    {
        StubApi api = new();
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x","expiresAt":"2026-01-01T00:00:00Z"}""");

        await courier.ProcessAsync();

        Assert.Equal("expired", Assert.Single(await courier.RecordsAsync()).GetProperty("reason").GetString());
        Assert.Empty(api.Sent);
    }

    [Fact]
    public async Task Attempts_used_up_leave_a_record_of_every_call()
    {
        StubApi api = TestAnswers.Always(503);
        await using TestCourier courier = TestCourier.Create(api, settings: [new("Routing:MaxAttempts", "3")]);
        await courier.PostAsync(Request);

        await courier.ProcessThroughAsync(hours: 1);

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal("attempts-exhausted", record.GetProperty("reason").GetString());
        Assert.Equal(3, record.GetProperty("attempts").GetArrayLength());
        Assert.Equal(3, api.Sent.Count);
    }

    [Theory]
    [InlineData("body", 60_000)]
    [InlineData("metadata", 60_000)]
    public async Task Doorbell_of_a_large_request_is_cut_to_fit_and_the_record_is_whole(string field, int length)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400, new string('"', 9000), "text/plain"));
        await courier.PostAsync($$"""{"id":"r1","method":"POST","path":"/x","{{field}}":{"text":"{{new string('a', length)}}"} }""");

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        JsonElement doorbell = Assert.Single(await courier.DeadLettersAsync());
        Assert.Equal(length, record.GetProperty("request").GetProperty(field).GetProperty("text").GetString()!.Length);
        Assert.False(doorbell.GetProperty("request").TryGetProperty(field, out _));
        Assert.Equal("/x", doorbell.GetProperty("request").GetProperty("path").GetString());
        Assert.True(Encoding.UTF8.GetByteCount(doorbell.GetRawText()) <= 48 * 1024);
    }

    [Theory]
    [InlineData(40, "bad-request")]
    [InlineData(59, "bad-request")]
    [InlineData(60, "invalid-message")]
    [InlineData(63, "invalid-message")]
    [InlineData(64, "invalid-message")]
    public async Task Request_of_any_depth_can_be_given_up(int depth, string reason)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400));
        await courier.PostAsync($$"""{"id":"r1","method":"POST","path":"/x","body":{{new string('[', depth)}}{{new string(']', depth)}} }""");

        await courier.ProcessAsync();

        Assert.Equal(reason, Assert.Single(await courier.RecordsAsync()).GetProperty("reason").GetString());
        Assert.Equal(reason, Assert.Single(await courier.DeadLettersAsync()).GetProperty("reason").GetString());
    }
}
