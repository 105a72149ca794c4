using System.Net;
using Courier.Api;
using Courier.Contracts;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Resilience;

public sealed class ApiHandlerTests
{
    private const int Limit = 256 * 1024 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://other.test/v1/portfolios")]
    [InlineData("https://api.test.evil.test/v1/portfolios")]
    [InlineData("http://api.test/v1/portfolios")]
    [InlineData("https://api.test:8443/v1/portfolios")]
    [InlineData("https://user@api.test/v1/portfolios")]
    [InlineData("https://api.test/v2/portfolios")]
    [InlineData("https://api.test/v1")]
    [InlineData("https://api.test/v10/portfolios")]
    [InlineData("https://api.test/v1/../v2")]
    [InlineData("/v1/portfolios")]
    public async Task Request_to_anywhere_else_is_not_sent_and_never_gets_the_key(string address)
    {
        StubApi network = new(HttpStatusCode.OK);
        using HttpMessageInvoker handler = Create(network);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(address, UriKind.RelativeOrAbsolute));

        await Assert.ThrowsAsync<InvalidOperationException>(() => handler.SendAsync(request, Cancelled));

        Assert.Empty(network.Sent);
        Assert.Null(request.Headers.Authorization);
    }

    [Fact]
    public async Task Key_travels_to_the_api_and_does_not_stay_on_the_request()
    {
        StubApi network = new(HttpStatusCode.OK);
        using HttpMessageInvoker handler = Create(network);
        using HttpRequestMessage request = new(HttpMethod.Get, "https://API.test:443/v1/portfolios?size=10");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer of-somebody-else");

        using HttpResponseMessage answer = await handler.SendAsync(request, Cancelled);

        Assert.Equal($"Token {TestCourier.Key}", Assert.Single(network.Sent).Headers["Authorization"]);
        Assert.False(request.Headers.Contains("Authorization"));
    }

    [Theory]
    [InlineData("Bearer", "Authorization", "Bearer ")]
    [InlineData("", "Authorization", "")]
    [InlineData("", "X-Api-Key", "")]
    [InlineData("ApiKey", "X-Auth", "ApiKey ")]
    public async Task Key_travels_in_the_form_that_the_api_wants(string scheme, string header, string before)
    {
        StubApi network = new(HttpStatusCode.OK);
        ApiOptions api = new() { BaseUrl = new Uri("https://api.test/v1"), Key = TestCourier.Key, Scheme = scheme, KeyHeader = header };
        using HttpMessageInvoker handler = new(new ApiHandler(Options.Create(api), network));
        using HttpRequestMessage request = new(HttpMethod.Get, "https://api.test/v1/portfolios");

        using HttpResponseMessage answer = await handler.SendAsync(request, Cancelled);

        Assert.Equal(before + TestCourier.Key, Assert.Single(network.Sent).Headers[header]);
        Assert.Equal(header == "Authorization", network.Sent[0].Headers.ContainsKey("Authorization"));
        Assert.Empty(request.Headers);
    }

    [Fact]
    public async Task Key_does_not_stay_on_a_request_that_fails()
    {
        using HttpMessageInvoker handler = Create(new StubApi((_, _) => throw new HttpRequestException("broken")));
        using HttpRequestMessage request = new(HttpMethod.Get, "https://api.test/v1/portfolios");

        await Assert.ThrowsAsync<HttpRequestException>(() => handler.SendAsync(request, Cancelled));

        Assert.Null(request.Headers.Authorization);
    }

    [Fact]
    public async Task Answer_gets_no_memory_for_what_its_length_only_promises()
    {
        using ByteArrayContent body = new("{}"u8.ToArray()) { Headers = { ContentLength = Limit } };
        using HttpMessageInvoker handler = Create(new StubApi((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = body })));
        using HttpRequestMessage request = new(HttpMethod.Get, "https://api.test/v1/portfolios");

        long before = GC.GetAllocatedBytesForCurrentThread();
        Task<HttpResponseMessage> answer = handler.SendAsync(request, Cancelled);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(answer.IsCompletedSuccessfully, "It must have ended on this thread, whose memory is measured.");
        Assert.Equal("{}", await (await answer).Content.ReadAsStringAsync(Cancelled));
        Assert.InRange(allocated, 0, Limit / 32);
    }

    private static HttpMessageInvoker Create(HttpMessageHandler network) =>
        new(new ApiHandler(Options.Create(new ApiOptions { BaseUrl = new Uri("https://api.test/v1"), Key = TestCourier.Key, MaxResponseBytes = Limit }), network));
}
