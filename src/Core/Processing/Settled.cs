using Courier.Api;
using Courier.Messages;
using Courier.Routing;

namespace Courier.Processing;

/// <summary>What became of a message: the facts that logs, metrics and the console tell.</summary>
/// <param name="Attempt">Failed deliveries that counted, before this one.</param>
/// <param name="Call">Null when nothing was called.</param>
/// <param name="Record">Only for a dead letter.</param>
public sealed record Settled(string Id, string? Method, string? Path, int Attempt, Call? Call, Disposition Disposition, DeadLetterRecord? Record)
{
    /// <summary>When the request was first seen; null where that is not known, or does not matter.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }
}
