namespace Courier.WorkerHost;

/// <summary>One invocation that has ended.</summary>
/// <param name="Error">What it failed with, null when it succeeded.</param>
public sealed record FunctionRun(string Function, string InvocationId, string? Error);
