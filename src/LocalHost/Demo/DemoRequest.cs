namespace Courier.LocalHost.Demo;

/// <param name="IsPoison">Posted where the host puts what it gave up.</param>
internal sealed record DemoRequest(string Id, string Message, bool IsPoison = false);
