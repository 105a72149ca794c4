using Courier.Storage;

namespace Courier.LocalHost.Listening;

#pragma warning disable CA1001 // The semaphore holds no handle, and a late renewal must still find it.
/// <summary>A message in flight. Its receipt changes with each renewal, so renewing and deleting take turns.</summary>
internal sealed class LeasedMessage(IMessageQueue queue, QueuedMessage message, TimeProvider time)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _renewedAt = time.GetTimestamp();
    private bool _isOver;

    public QueuedMessage Message { get; private set; } = message;

    /// <summary>Renews the lease when half of it has passed.</summary>
    public async Task RenewAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_renewedAt) < lease / 2)
            return;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            long now = time.GetTimestamp(); // the answer may be slow to come
            if (_isOver || await queue.RenewAsync(Message, lease, cancellationToken) is not { } renewed)
                return;
            (Message, _renewedAt) = (renewed, now);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task DeleteAsync(CancellationToken cancellationToken) => EndAsync(message => queue.DeleteAsync(message, cancellationToken));

    /// <summary>Hides the message for so long, then lets it come back.</summary>
    public Task ReturnAsync(TimeSpan delay, CancellationToken cancellationToken) => EndAsync(message => queue.RenewAsync(message, delay, cancellationToken));

    private async Task EndAsync(Func<QueuedMessage, Task> end)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            _isOver = true;
            await end(Message);
        }
        finally
        {
            _turn.Release();
        }
    }
}
