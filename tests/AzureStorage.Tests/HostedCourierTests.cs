using System.Net;
using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

public sealed class HostedCourierTests(Azurite azurite)
{
    private readonly string _id = $"r-{Guid.NewGuid():N}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answered_request_becomes_a_result()
    {
        StubApi api = Answering(HttpStatusCode.OK, """{"score":97,"name":"Zürich 😀"}""");
        await using TestCourier courier = await StartAsync(api);

        await courier.PostLargeAsync($$"""{"id":"{{_id}}","method":"GET","path":"/companies/example.com"}""");
        await courier.ProcessAsync(await courier.TakeAsync());

        JsonElement result = Assert.Single(await courier.ResultsAsync());
        Assert.Equal((_id, 200), (result.GetProperty("id").GetString(), result.GetProperty("status").GetInt32()));
        Assert.Equal("Zürich 😀", result.GetProperty("body").GetProperty("name").GetString());
        Assert.Equal($"Token {TestCourier.Key}", Assert.Single(api.Sent).Headers["Authorization"]);
        Assert.Equal(0, await courier.Storage.Requests.CountAsync(Cancelled));
    }

    [Fact]
    public async Task Forbidden_request_becomes_a_dead_letter_with_a_record()
    {
        StubApi api = Answering(HttpStatusCode.Forbidden, """{"error":{"message":"Your plan does not include this","statusCode":403}}""");
        await using TestCourier courier = await StartAsync(api);

        await courier.PostLargeAsync($$"""{"id":"{{_id}}","method":"GET","path":"/portfolios"}""");
        await courier.ProcessAsync(await courier.TakeAsync());

        JsonElement doorbell = Assert.Single(await courier.DeadLettersAsync());
        Assert.Equal((_id, "forbidden"), (doorbell.GetProperty("id").GetString(), doorbell.GetProperty("reason").GetString()));
        string blob = await courier.Storage.DeadLetterRecords.ListAsync("", Cancelled).SingleAsync(name => name.EndsWith($"/{_id}.json", StringComparison.Ordinal), Cancelled);
        StoredBlob? record = await courier.Storage.DeadLetterRecords.ReadAsync(blob, Cancelled);
        Assert.Equal("application/json", record!.ContentType);
        Assert.Equal("Your plan does not include this", JsonElement.Parse(record.Content.Span).GetProperty("apiMessage").GetString());
        Assert.Equal(0, await courier.Storage.Results.CountAsync(Cancelled));
    }

    [Fact]
    public async Task Large_request_travels_by_claim_check_and_its_blob_is_emptied_when_it_is_settled()
    {
        StubApi api = Answering(HttpStatusCode.Created, "{}");
        await using TestCourier courier = await StartAsync(api);
        string text = string.Concat(Enumerable.Repeat("Grüße \\\" <&> ", 20_000));

        await courier.PostLargeAsync($$"""{"id":"{{_id}}","method":"POST","path":"/notes","body":{"text":"{{text}}"} }""");
        QueuedMessage message = await courier.TakeAsync();
        await courier.ProcessAsync(message);

        string blob = JsonElement.Parse(message.Body.Span).GetProperty("delivery").GetProperty("claimCheck").GetString()!;
        Assert.InRange(message.Body.Length, 1, 1024);
        Assert.Equal(text.Replace("\\\"", "\"", StringComparison.Ordinal), JsonElement.Parse(Assert.Single(api.Sent).Body!).GetProperty("text").GetString());
        Assert.Equal(_id, (Assert.Single(await courier.ResultsAsync())).GetProperty("id").GetString());
        Assert.True((await courier.Storage.RequestBodies.ReadAsync(blob, Cancelled))!.Content.IsEmpty);
    }

    [Fact]
    public async Task Request_that_fails_comes_back_later_as_a_copy()
    {
        StubApi api = Answering(HttpStatusCode.InternalServerError, "");
        await using TestCourier courier = await StartAsync(api);

        await courier.PostLargeAsync($$"""{"id":"{{_id}}","method":"POST","path":"/portfolios"}""");
        await courier.ProcessAsync(await courier.TakeAsync());

        Assert.Single(api.Sent);
        Assert.Empty(await courier.Storage.Requests.ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancelled));
        Assert.Equal(1, await courier.Storage.Requests.CountAsync(Cancelled));
    }

    /// <summary>As a host starts it, with queues of its own.</summary>
    private async Task<TestCourier> StartAsync(StubApi api)
    {
        CourierSetup setup = new() { Api = api, Time = TimeProvider.System, Register = CourierRegistration.AddCourier };
        TestCourier courier = new(setup.With(
            ("AzureWebJobsStorage", azurite.ConnectionString),
            ("Quota:Limit", "1000000000"), // all tests share the emulator's one container for state
            ("Queues:Requests", StorageFixture.NewName("requests")),
            ("Queues:Results", StorageFixture.NewName("results")),
            ("Queues:DeadLetters", StorageFixture.NewName("dead")),
            ("Queues:Alerts", StorageFixture.NewName("alerts"))));
        await courier.StartAsync(Cancelled);
        return courier;
    }

    private static StubApi Answering(HttpStatusCode status, string body) =>
        new((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, null, "application/json") }));
}
