namespace Courier.WorkerHost;

/// <summary>The worker could not be started, refused a function, or went away during an invocation; the message says which.</summary>
public sealed class WorkerFailedException(string message) : Exception(message);
