using System.Text.Json;
using Courier.Storage;

namespace Courier.Messages;

/// <summary>What a queue message turned out to be.</summary>
public abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>A request that may be called.</summary>
    public sealed record Request(Envelope Envelope) : Reading;

    /// <summary>A reference to a request that lies in a blob.</summary>
    public sealed record Claimed(string BlobName, string? Id, Delivery Delivery) : Reading;

    /// <summary>The storage did not say what must be known before a call. Nothing was called, and the message waits.</summary>
    /// <param name="What">The message as far as it could be read: a request, or a claim check with an id.</param>
    public sealed record OutOfReach(Reading What, StorageFailureException Failure) : Reading;

    /// <summary>Nothing that may be called. <paramref name="Why"/> tells the sender what to change.</summary>
    /// <param name="Id">The message's own id where it has a valid one, else made.</param>
    /// <param name="Received">The message as far as it could be read, without headers that are not allowed.</param>
    public sealed record Malformed(string Id, string Why, JsonElement Received, DateTimeOffset FirstSeenAt) : Reading;

    /// <summary>A repeated delivery of a large request, or of a page after the first, that has been settled already; or a double of a dead letter that was sent back. Nothing is left to do.</summary>
    public sealed record AlreadySettled(string Id) : Reading;
}
