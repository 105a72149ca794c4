namespace Courier.LocalHost.Listening;

/// <summary>
/// How a queue is listened to: the Functions host's semantics with host.json's values. One difference: the host leases a message
/// for 10 minutes, this for 30 seconds, so that what a killed process held comes back soon.
/// </summary>
public sealed record ListenerOptions
{
    public int BatchSize { get; init; } = 8;

    /// <summary>The next batch is taken when no more than this many messages are in flight: 24 at once with the defaults. A small batch and a high threshold keep nearly as many running when calls last about equally long; the other way round it is 16.</summary>
    public int NewBatchThreshold { get; init; } = 16;

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a message stays hidden after a failure.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so many failed deliveries a message is moved to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    public TimeSpan ShortestPoll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Polling of an empty queue slows down to this.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(2);
}
