using System.Text.Json;
using Courier.Api;
using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Processing;
using Courier.Routing;
using Courier.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Tests.Processing;

/// <summary>A list is read page by page, each a request and a result of its own.</summary>
public sealed class PageChainTests
{
    private const string Message = """{"id":"r1","method":"GET","path":"/list","paginate":true,"metadata":{"team":"a"}}""";

    [Fact]
    public async Task Each_page_has_a_result_of_its_own()
    {
        PagedApi api = new(pages: 4);
        await using TestCourier courier = await CreateCourierAsync(api);

        await courier.ProcessAsync();

        List<JsonElement> results = await courier.ResultsAsync();
        Assert.Equal(["r1", "r1~2", "r1~3", "r1~4"], Ids(results));
        Assert.Equal([1, 2, 3, 4], results.Select(result => result.GetProperty("body").GetProperty("page").GetInt32()));
        Assert.All(results, result => Assert.Equal("a", result.GetProperty("metadata").GetProperty("team").GetString()));
        Assert.All(results, result => Assert.Equal(1, result.GetProperty("attempts").GetArrayLength()));
        Assert.Equal([1, 2, 3, 4], api.Asked);
        Assert.Empty(await courier.DeadLettersAsync());
    }

    [Fact]
    public async Task Cursor_is_followed_where_there_is_no_link()
    {
        StubApi api = TestAnswers.InTurn(
            TestAnswers.Create(200, """{"next_cursor":"b"}"""), TestAnswers.Create(200, """{"next_cursor":"c"}"""), TestAnswers.Create(200, """{"next_cursor":null}"""));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/list","query":{"size":2},"paginate":true}""");

        await courier.ProcessAsync();

        Assert.Equal(["?size=2", "?size=2&cursor=b", "?size=2&cursor=c"], api.Sent.Select(sent => sent.Uri.Query));
        Assert.Equal(["r1", "r1~2", "r1~3"], Ids(await courier.ResultsAsync()));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Failure_in_the_middle_costs_that_page_alone(int status)
    {
        PagedApi api = new(pages: 5, (page, call) => page == 3 && call <= 2 ? TestAnswers.Create(status) : null);
        await using TestCourier courier = await CreateCourierAsync(api);

        await courier.ProcessThroughAsync(hours: 1);

        Assert.Equal([1, 2, 3, 3, 3, 4, 5], api.Asked);
        List<JsonElement> results = await courier.ResultsAsync();
        Assert.Equal(["r1", "r1~2", "r1~3", "r1~4", "r1~5"], Ids(results));
        Assert.Equal([1, 1, 3, 1, 1], results.Select(result => result.GetProperty("attempts").GetArrayLength()));
    }

    [Fact]
    public async Task Page_that_fails_for_good_ends_the_list_as_a_dead_letter()
    {
        PagedApi api = new(pages: 5, (page, _) => page == 3 ? TestAnswers.Create(403) : null);
        await using TestCourier courier = await CreateCourierAsync(api);

        await courier.ProcessAsync();

        Assert.Equal(["r1", "r1~2"], Ids(await courier.ResultsAsync()));
        JsonElement letter = Assert.Single(await courier.DeadLettersAsync());
        Assert.Equal(("r1~3", "forbidden"), (letter.GetProperty("id").GetString(), letter.GetProperty("reason").GetString()));
        Assert.Equal("/list?page=3", letter.GetProperty("request").GetProperty("path").GetString());
        Assert.Equal(["2026-01-01/r1~3.json"], await courier.BlobsAsync(courier.Storage.DeadLetterRecords));
    }

    [Fact]
    public async Task Page_that_is_too_large_ends_the_list()
    {
        PagedApi api = new(pages: 3, (page, _) => page == 2 ? TestAnswers.Create(200, new string('a', 1025), ("Link", "</list?page=3>; rel=\"next\"")) : null);
        await using TestCourier courier = await CreateCourierAsync(api, ("Api:MaxResponseBytes", "1024"));

        await courier.ProcessAsync();

        Assert.Equal("response-too-large", Assert.Single(await courier.DeadLettersAsync()).GetProperty("reason").GetString());
        Assert.Equal([1, 2], api.Asked);
    }

    [Fact]
    public async Task Next_page_that_is_refused_is_a_dead_letter_beside_the_result()
    {
        StubApi api = TestAnswers.Always(200, "{}", "application/json", ("Link", "<https://evil.test/list?page=2&and=much,much,much,much,much-more>; rel=\"next\""));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync(Message);

        await courier.ProcessAsync();

        Assert.Equal(["r1"], Ids(await courier.ResultsAsync()));
        Assert.Single(api.Sent);
        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(("r1~2", "next-page-refused", "Next page refused"), (record.GetProperty("id").GetString(), record.GetProperty("reason").GetString(), record.GetProperty("title").GetString()));
        Assert.Contains("leads to another origin", record.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"id":"r1~2","method":"GET","path":"https://evil.test/list?page=2&and=much,much,much,much,much-m…","paginate":true,"metadata":{"team":"a"}}""",
            record.GetProperty("request").GetRawText());
        Assert.Empty(record.GetProperty("attempts").EnumerateArray());
        Assert.Equal("r1~2", Assert.Single(await courier.DeadLettersAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task List_of_too_many_pages_ends_where_it_can_be_taken_up_again()
    {
        await using TestCourier courier = await CreateCourierAsync(new PagedApi(pages: 5), ("Api:MaxPages", "3"));

        await courier.ProcessAsync();

        Assert.Equal(["r1", "r1~2", "r1~3"], Ids(await courier.ResultsAsync()));
        JsonElement letter = Assert.Single(await courier.DeadLettersAsync());
        Assert.Equal("r1~4", letter.GetProperty("id").GetString());
        Assert.Contains("Api:MaxPages (3)", letter.GetProperty("cause").GetString(), StringComparison.Ordinal);
        await courier.PostAsync(letter.GetProperty("request").GetRawText().Replace("r1~4", "r1-on", StringComparison.Ordinal));
        await courier.ProcessAsync();
        Assert.Equal(["r1-on", "r1-on~2"], Ids(await courier.ResultsAsync()));
    }

    [Theory]
    [InlineData(8192, 1, 0)]
    [InlineData(8193, 0, 1)]
    public async Task Link_header_is_followed_unless_it_had_to_be_cut(int length, int followed, int refused)
    {
        const string Form = "</list?page=2&more=>; rel=\"next\"";
        string link = Form.Replace(">", new string('x', length - Form.Length) + ">", StringComparison.Ordinal);
        PagedApi api = new(pages: 2, (page, _) => page == 1 ? TestAnswers.Create(200, "{}", ("Link", link)) : null);
        await using TestCourier courier = await CreateCourierAsync(api);

        await courier.ProcessAsync();

        Assert.Equal(1 + followed, api.Network.Sent.Count);
        Assert.Equal(1 + followed, (await courier.ResultsAsync()).Count);
        List<JsonElement> letters = await courier.DeadLettersAsync();
        Assert.Equal(refused, letters.Count);
        Assert.All(letters, letter => Assert.Contains("was cut", letter.GetProperty("cause").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_link_headers_are_read_as_one()
    {
        PagedApi api = new(pages: 2, (page, _) => page == 1 ? TestAnswers.Create(200, "{}", ("Link", "</a>; rel=\"prev\""), ("Link", "</list?page=2>; rel=\"next\"")) : null);
        await using TestCourier courier = await CreateCourierAsync(api);

        await courier.ProcessAsync();

        Assert.Equal(["r1", "r1~2"], Ids(await courier.ResultsAsync()));
    }

    [Fact]
    public async Task List_without_replies_is_read_to_the_end()
    {
        PagedApi api = new(pages: 3);
        await using TestCourier courier = TestCourier.Create(api.Network);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/list","paginate":true,"reply":false}""");

        await courier.ProcessAsync();

        Assert.Equal([1, 2, 3], api.Asked);
        Assert.Empty(await courier.ResultsAsync());
    }

    [Fact]
    public async Task Large_answers_and_requests_of_pages_go_to_blobs_of_their_own()
    {
        PagedApi api = new(pages: 3, (page, _) => page == 2 ? TestAnswers.Create(200, $"\"{new string('a', 40_000)}\"", ("Link", "</list?page=3>; rel=\"next\"")) : null);
        await using TestCourier courier = TestCourier.Create(api.Network);
        await courier.PostLargeAsync($$$"""{"id":"r1","method":"GET","path":"/list","paginate":true,"metadata":{"a":"{{{new string('a', 60_000)}}}"}}""");

        await courier.ProcessAsync();

        Assert.Equal(["r1", "r1~2", "r1~3"], Ids(await courier.ResultsAsync()));
        Assert.Equal(
            ["r1.json", "r1/metadata.json", "r1~2.json", "r1~2/metadata.json", "r1~3.json", "r1~3/metadata.json"],
            await courier.BlobsAsync(courier.Storage.ResultBodies));
        List<string> blobs = await courier.BlobsAsync(courier.Storage.RequestBodies);
        Assert.Equal(3 + 2, blobs.Count); // a claim check a page, a marker a page after the first
        foreach (string blob in blobs)
            Assert.Equal("", await courier.BlobTextAsync(courier.Storage.RequestBodies, blob));
    }

    [Fact]
    public async Task List_that_is_asked_for_again_under_its_id_is_read_again()
    {
        PagedApi api = new(pages: 3);
        await using TestCourier courier = await CreateCourierAsync(api);
        await courier.ProcessAsync();
        courier.Clock.Advance(TimeSpan.FromSeconds(1));
        await courier.PostAsync(Message);

        await courier.ProcessAsync();

        Assert.Equal([1, 2, 3, 1, 2, 3], api.Asked);
    }

    [Fact]
    public async Task Refused_next_page_is_told_of_as_a_dead_letter()
    {
        await using TestCourier courier = await CreateCourierAsync(new PagedApi(pages: 3), ("Api:MaxPages", "1"));
        Observer observer = new();
        RequestProcessor processor = new(
            courier.Get<RequestInbox>(), courier.Get<IAdmission>(), courier.Get<ApiClient>(), courier.Get<RoutingPolicy>(), courier.Get<Settlement>(),
            new Telemetry(NullLogger<Telemetry>.Instance, [observer]));

        await processor.ProcessAsync(await courier.TakeAsync(), TestContext.Current.CancellationToken);

        Assert.Equal([("r1", "complete", null), ("r1~2", "dead-letter", "next-page-refused")], observer.Settled.Select(settled => (settled.Id, settled.Disposition.Name, settled.Record?.Reason)));
    }

    private static IEnumerable<string?> Ids(IEnumerable<JsonElement> messages) => messages.Select(message => message.GetProperty("id").GetString());

    private static async Task<TestCourier> CreateCourierAsync(PagedApi api, params (string Name, string Value)[] settings)
    {
        TestCourier courier = TestCourier.Create(api.Network, settings: settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        await courier.PostAsync(Message);
        return courier;
    }

    private sealed class Observer : ISettledObserver
    {
        public List<Settled> Settled { get; } = [];

        public void OnSettled(Settled settled) => Settled.Add(settled);
    }
}
