using System.Diagnostics;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Operations.Overview;

/// <summary>Looks at the queues without taking anything from them.</summary>
public sealed class QueueReader(CourierStorage storage, EnvelopeReader reader)
{
    public async Task<QueueDepths> DepthsAsync(CancellationToken cancellationToken) => new(
        await storage.Requests.CountAsync(cancellationToken),
        await storage.Poison.CountAsync(cancellationToken),
        await storage.Results.CountAsync(cancellationToken),
        await storage.DeadLetters.CountAsync(cancellationToken));

    /// <summary>When the request was first seen that is next; null when none is visible.</summary>
    public async Task<DateTimeOffset?> WaitingSinceAsync(CancellationToken cancellationToken) =>
        await storage.Requests.PeekAsync(cancellationToken) is not { } next ? null : reader.Read(next) switch
        {
            Reading.Request request => request.Envelope.Delivery.FirstSeenAt,
            Reading.Claimed claim => claim.Delivery.FirstSeenAt,
            Reading.Malformed malformed => malformed.FirstSeenAt,
            _ => throw new UnreachableException(),
        };
}
