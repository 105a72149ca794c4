using Microsoft.Extensions.Logging;

namespace Courier.LocalHost.Listening;

/// <summary>What every listener shares.</summary>
public sealed record ListenerContext(TimeProvider Time, ILogger<QueueListener> Logger);
