using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost;

/// <summary>A line that the host saw: logged by the worker over the protocol, written to its console, or the host's own.</summary>
/// <param name="InvocationId">The running function that logged it. The Functions host shows a user's line only when it has one.</param>
/// <param name="IsSystem">Logged by the worker's runtime, not by the app.</param>
public sealed record LogLine(LogSource Source, LogLevel Level, string Category, string Message, string? InvocationId = null, bool IsSystem = false);
