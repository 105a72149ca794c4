namespace Courier.Tests.Resilience;

/// <summary>What happens to an attempt.</summary>
internal delegate Task<HttpResponseMessage> Network(HttpRequestMessage request, CancellationToken cancellationToken);
