using System.Text.Json;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;
using Courier.Tests.Messages;

namespace Courier.Tests.Processing;

/// <summary>An answered call is never made again because its answer is awkward to keep.</summary>
public sealed class AwkwardAnswerTests
{
    private const string Post = """{"id":"r1","method":"POST","path":"/x","body":{}}""";

    private static readonly string s_report = new('a', 60_000);

    private static readonly string[] s_headers =
        ["x-request-id", "request-id", "x-correlation-id", "x-trace-id", "etag", "location", "sunset", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

    [Theory]
    [InlineData("text/csv; name=\"Übersicht\"")]
    [InlineData(" text/csv ")]
    public async Task Content_type_that_no_header_can_carry_is_stored_as_bytes(string contentType)
    {
        await using TestCourier courier = await ProcessAsync(TestAnswers.Always(200, s_report, contentType));

        Assert.True((await ResultAsync(courier)).TryGetProperty("bodyRef", out JsonElement reference));
        string stored = (await courier.Storage.ResultBodies.ReadAsync(reference.GetString()!["api-results/".Length..], Cancelled))!.ContentType;
        Assert.Matches("^[!-~]([ -~]*[!-~])?$", stored);
    }

    [Fact]
    public async Task Content_type_that_was_cut_is_stored_as_bytes()
    {
        await using TestCourier courier = await ProcessAsync(TestAnswers.Always(200, s_report, "text/csv; x=" + new string('y', 4000)));

        string reference = (await ResultAsync(courier)).GetProperty("bodyRef").GetString()!;
        Assert.Equal("application/octet-stream", (await courier.Storage.ResultBodies.ReadAsync(reference["api-results/".Length..], Cancelled))!.ContentType);
    }

    [Fact]
    public async Task Headers_that_outgrow_a_message_are_cut_the_longest_first()
    {
        (string, string)[] long_ = [.. s_headers.Select((name, i) => (name, new string('"', 2000 + i)))];
        await using TestCourier courier = await ProcessAsync(TestAnswers.Always(200, "{}", "application/json", [.. long_, ("Link", new string('"', 8000)), ("x-rate-limit-limit", "5000")]));

        JsonElement headers = (await ResultAsync(courier)).GetProperty("headers");
        Assert.False(headers.TryGetProperty("link", out _));
        Assert.Equal("5000", headers.GetProperty("x-rate-limit-limit").GetString());
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    public async Task Id_of_dots_is_refused(string id)
    {
        StubApi api = new();
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync(Post.Replace("r1", id, StringComparison.Ordinal));

        await courier.ProcessAsync();

        Assert.Empty(api.Sent);
        Assert.Equal(["invalid-message"], await courier.ReasonsAsync());
    }

    [Theory]
    [InlineData("send api-results")]
    [InlineData("write api-results")]
    public async Task Result_that_the_storage_refuses_for_good_is_a_dead_letter_with_the_answer(string broken)
    {
        await using TestCourier courier = await ProcessAsync(TestAnswers.Always(200, $"\"{s_report}\""), operation => operation.ToString() == broken ? StorageManner.Leased : StorageManner.Well);

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(("answer-not-kept", 200), (record.GetProperty("reason").GetString(), record.GetProperty("status").GetInt32()));
        Assert.StartsWith("\"aaa", record.GetProperty("response").GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Contains("LeaseIdMissing", record.GetProperty("cause").GetString(), StringComparison.Ordinal);
        await AssertCalledOnceAndGoneAsync(courier);
    }

    [Theory]
    [InlineData("send api-results", 200)]
    [InlineData("write api-dead-letters", 403)]
    [InlineData("send api-dead-letters", 403)]
    [InlineData("send api-requests", 503)]
    public async Task Storage_that_fails_in_passing_after_the_call_is_tried_again(string broken, int status)
    {
        int failures = 0;
        bool isPosted = false;
        await using TestCourier courier = await ProcessAsync(
            TestAnswers.Always(status, "{}"), operation => isPosted && operation.ToString() == broken && failures++ < 4 ? StorageManner.Refused : StorageManner.Well, () => isPosted = true);

        Assert.Equal(5, failures);
        Assert.DoesNotContain("answer-not-kept", await courier.ReasonsAsync());
        Assert.Single(courier.Calls);
    }

    [Fact]
    public async Task Mark_that_fails_once_the_result_stands_is_no_failure()
    {
        FakeClock clock = new();
        bool isPosted = false;
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, "{}"), clock, storage: new FaultyStorage(
            new InMemoryStorage(clock), clock, operation => isPosted && operation.ToString() == "write api-requests" ? StorageManner.Leased : StorageManner.Well));
        await courier.PostLargeAsync($$"""{"id":"r1","method":"POST","path":"/x","body":"{{s_report}}"}""");
        isPosted = true;

        await courier.ProcessAsync();

        await ResultAsync(courier);
        await AssertCalledOnceAndGoneAsync(courier);
    }

    [Fact]
    public async Task Forged_history_that_fills_every_message_is_cut_and_not_tried_for_ever()
    {
        string failure = string.Concat(Enumerable.Repeat("\\\"", 128));
        string tries = string.Join(',', Enumerable.Repeat($$"""{"failure":"{{failure}}"}""", 11));
        string history = string.Join(',', Enumerable.Repeat($$"""{"outcome":"x","tries":[{{tries}}] }""", 20));
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(503, "{}"));
        await courier.PostLargeAsync($$"""{"id":"r1","method":"PUT","path":"/x","delivery":{"history":[{{history}}] } }""");

        await courier.ProcessForAsync(TimeSpan.FromHours(3));

        Assert.Equal(["attempts-exhausted"], await courier.ReasonsAsync());
        Assert.Equal(0, await courier.WaitingAsync());
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<JsonElement> ResultAsync(TestCourier courier) => Assert.Single(await courier.ResultsAsync());

    private static async Task AssertCalledOnceAndGoneAsync(TestCourier courier)
    {
        Assert.Single(courier.Calls);
        Assert.Equal(0, await courier.WaitingAsync());
    }

    private static async Task<TestCourier> ProcessAsync(HttpMessageHandler api, Func<StorageOperation, StorageManner>? manner = null, Action? posted = null)
    {
        FakeClock clock = new();
        TestCourier courier = TestCourier.Create(api, clock, storage: new FaultyStorage(new InMemoryStorage(clock), clock, manner ?? (_ => StorageManner.Well)));
        await courier.PostAsync(Post);
        posted?.Invoke();
        await courier.ProcessAsync();
        return courier;
    }
}
