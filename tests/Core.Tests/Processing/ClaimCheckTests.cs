using System.Net;
using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Requests that outgrow a queue message travel as a blob and a claim check.</summary>
public sealed class ClaimCheckTests
{
    [Fact]
    public async Task Request_near_64_kib_is_called_again_with_an_identical_body()
    {
        StubApi api = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync(CreateRequest(length: 65_000));

        await courier.ProcessThroughAsync(hours: 1);

        Assert.Equal(3, api.Sent.Count);
        Assert.Contains("\"n\":1.10,", api.Sent[0].Body, StringComparison.Ordinal);
        Assert.All(api.Sent, sent => Assert.Equal(api.Sent[0].Body, sent.Body));
        JsonElement result = Assert.Single(await courier.ResultsAsync());
        Assert.Equal("r1", result.GetProperty("id").GetString());
        Assert.Equal("a", result.GetProperty("metadata").GetProperty("team").GetString());
        Assert.Equal(3, result.GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task Claim_check_names_the_request_and_carries_its_delivery_state()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(503));
        await courier.PostAsync(CreateRequest(length: 65_000));
        await courier.ProcessAsync();
        courier.Clock.Advance(TimeSpan.FromSeconds(30));

        QueuedMessage copy = await courier.TakeAsync();

        JsonElement claim = JsonElement.Parse(copy.Body.Span);
        Assert.Equal(["id", "delivery"], claim.EnumerateObject().Select(field => field.Name));
        Assert.Equal("r1", claim.GetProperty("id").GetString());
        Assert.Equal(1, claim.GetProperty("delivery").GetProperty("attempt").GetInt32());
        string blob = Assert.Single(await courier.BlobsAsync(courier.Storage.RequestBodies));
        Assert.Equal(blob, claim.GetProperty("delivery").GetProperty("claimCheck").GetString());
        Assert.DoesNotContain("delivery", await courier.BlobTextAsync(courier.Storage.RequestBodies, blob), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40_000, 0)]
    [InlineData(49_000, 1)]
    public async Task Only_a_request_that_outgrows_a_message_goes_to_a_blob(int length, int blobs)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(503));
        await courier.PostAsync(CreateRequest(length));

        await courier.ProcessAsync();

        Assert.Equal(blobs, (await courier.BlobsAsync(courier.Storage.RequestBodies)).Count);
    }

    [Fact]
    public async Task All_copies_share_one_blob_which_is_emptied_in_the_end()
    {
        StubApi api = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync(CreateRequest(length: 65_000));

        await courier.ProcessThroughAsync(hours: 1);

        string blob = Assert.Single(await courier.BlobsAsync(courier.Storage.RequestBodies));
        Assert.Equal("", await courier.BlobTextAsync(courier.Storage.RequestBodies, blob));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task Repeated_delivery_of_a_settled_request_does_nothing(HttpStatusCode answer)
    {
        StubApi api = new(answer);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostLargeAsync(CreateRequest(length: 200_000));
        QueuedMessage message = await courier.TakeAsync();
        await courier.Get<RequestProcessor>().ProcessAsync(message, TestContext.Current.CancellationToken);

        await courier.Get<RequestProcessor>().ProcessAsync(message with { DequeueCount = 2 }, TestContext.Current.CancellationToken);

        Assert.Single(api.Sent);
        Assert.Equal(1, (await courier.ResultsAsync()).Count + (await courier.DeadLettersAsync()).Count);
        Assert.Equal(1, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Request_of_200_kib_is_posted_called_and_settled()
    {
        StubApi api = new(HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostLargeAsync(CreateRequest(length: 200_000));

        await courier.ProcessThroughAsync(hours: 1);

        Assert.Equal(2, api.Sent.Count);
        Assert.All(api.Sent, sent => Assert.Equal(200_000, JsonElement.Parse(sent.Body!).GetProperty("text").GetString()!.Length));
        Assert.Equal("r1", Assert.Single(await courier.ResultsAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Large_request_in_base64_is_posted_called_and_settled()
    {
        StubApi api = new(HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostLargeAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(CreateRequest(length: 100_000))));

        await courier.ProcessAsync();

        Assert.Single(api.Sent);
        Assert.Single(await courier.ResultsAsync());
    }

    [Fact]
    public async Task Large_request_without_an_id_keeps_the_one_that_was_made()
    {
        StubApi api = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostLargeAsync(CreateRequest(length: 100_000).Replace("\"id\":\"r1\",", "", StringComparison.Ordinal));
        await courier.ProcessAsync();
        courier.Clock.Advance(TimeSpan.FromSeconds(30));
        string? id = JsonElement.Parse((await courier.TakeAsync()).Body.Span).GetProperty("id").GetString();
        courier.Clock.Advance(TimeSpan.FromMinutes(10));

        await courier.ProcessAsync();

        Assert.Equal(id, Assert.Single(await courier.ResultsAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Large_malformed_request_is_dead_lettered_whole()
    {
        StubApi api = new();
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostLargeAsync(CreateRequest(length: 200_000).Replace("\"PUT\"", "\"put\"", StringComparison.Ordinal));

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(("r1", "invalid-message"), (record.GetProperty("id").GetString(), record.GetProperty("reason").GetString()));
        Assert.Equal(200_000, record.GetProperty("request").GetProperty("body").GetProperty("text").GetString()!.Length);
        Assert.Single(await courier.DeadLettersAsync());
        Assert.Empty(api.Sent);
    }

    [Fact]
    public async Task Delivery_state_in_the_blob_is_not_believed()
    {
        StubApi api = new(HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);
        string nested = CreateRequest(length: 60_000)[..^1] + ",\"delivery\":{\"claimCheck\":\"other.json\",\"firstSeenAt\":\"2001-01-01T00:00:00Z\"}}";
        await courier.PostLargeAsync(nested);

        await courier.ProcessAsync();

        Assert.Single(api.Sent);
        Assert.Single(await courier.ResultsAsync());
        Assert.DoesNotContain("other.json", await courier.BlobsAsync(courier.Storage.RequestBodies));
    }

    /// <summary>A request message of about so many bytes.</summary>
    private static string CreateRequest(int length) =>
        $$"""{"id":"r1","method":"PUT","path":"/x","body":{"n":1.10,"text":"{{new string('a', length)}}"},"metadata":{"team":"a"} }""";
}
