namespace Courier.Storage;

/// <summary>One storage queue: at-least-once delivery, no order promised. A message lives until it is deleted; it never expires. A missing queue is made.</summary>
public interface IMessageQueue
{
    string Name { get; }

    Task EnsureExistsAsync(CancellationToken cancellationToken);

    /// <param name="body">UTF-8 text that XML 1.0 can carry, at most <see cref="MessageSize.Limit"/> bytes.</param>
    /// <param name="visibleAfter">Zero to seven days; nobody receives the message earlier.</param>
    Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="maximum"/> (1 to 32) visible messages and hides them for the length of the lease.</summary>
    Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>The visible message that is first, without taking it; null when none is visible, or the queue cannot tell.</summary>
    Task<QueuedMessage?> PeekAsync(CancellationToken cancellationToken) => Task.FromResult<QueuedMessage?>(null);

    /// <summary>The same of the first few.</summary>
    /// <param name="maximum">1 to 32.</param>
    async Task<IReadOnlyList<QueuedMessage>> PeekAsync(int maximum, CancellationToken cancellationToken) => await PeekAsync(cancellationToken) is { } first ? [first] : [];

    /// <summary>Hides a received message for another lease, zero to make it visible at once. Null when the lease was lost: somebody else may have the message.</summary>
    Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Deletes a received message. Does nothing when the lease was lost: the message will be handled again.</summary>
    Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken);

    /// <summary>How many messages there are, the hidden ones included; approximate.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);
}
