using Courier.Contracts;

namespace Courier.Tests.Sinks;

/// <summary>Hands out clients that end in a network double, for every name.</summary>
internal sealed class StubHttp(StubApi network) : IHttpClientFactory
{
    public HttpClient CreateClient(string name) => new(network, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
}
