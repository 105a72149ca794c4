using System.Net;
using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Processing;

public sealed class RequestProcessorTests
{
    [Fact]
    public async Task Answered_request_becomes_a_result()
    {
        StubApi api = new(HttpStatusCode.OK);
        await using TestCourier courier = TestCourier.Create(api);

        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/companies/example.com","metadata":{"team":"a"}}""");
        await courier.ProcessAsync();

        JsonElement result = Assert.Single(await courier.ResultsAsync());
        Assert.Equal("r1", result.GetProperty("id").GetString());
        Assert.Equal(200, result.GetProperty("status").GetInt32());
        Assert.Equal("a", result.GetProperty("metadata").GetProperty("team").GetString());
        SentRequest sent = Assert.Single(api.Sent);
        Assert.Equal("https://api.test/companies/example.com", sent.Uri.AbsoluteUri);
        Assert.Equal($"Token {TestCourier.Key}", sent.Headers["Authorization"]);
        Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }
}
