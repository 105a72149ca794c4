using Courier.Messages;

namespace Courier.Pacing;

/// <summary>
/// Where requests of one lane wait for slots: whoever comes while a batch is being fetched is served with the next one,
/// so that many pay for one operation. First come, first served.
/// </summary>
/// <param name="fetch">Fetches slots for so many.</param>
/// <param name="isWorthGathering">Whether the first that comes waits a moment for the rest of its batch: where there is a backlog anyway.</param>
internal sealed class SlotDesk(Func<int, Task<IReadOnlyList<Slot>>> fetch, Func<bool> isWorthGathering, int largestBatch, TimeProvider time)
{
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<Slot>> _waiting = new();
    private bool _isServing;

    public Task<Slot> TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<Slot> wanted = new();
        bool begins;
        lock (_lock)
        {
            _waiting.Enqueue(wanted);
            begins = !_isServing;
            _isServing = true;
        }

        if (begins)
            _ = ServeAsync();
        return wanted.Task.WaitAsync(cancellationToken);
    }

    private async Task ServeAsync()
    {
        if (isWorthGathering())
            await Task.Delay(s_gathering, time);
        while (Next() is { Length: > 0 } batch)
            await ServeAsync(batch);
    }

    /// <summary>Out of the lock before they are told: they go on from there.</summary>
    private TaskCompletionSource<Slot>[] Next()
    {
        lock (_lock)
        {
            _isServing = _waiting.Count > 0;
            return [.. Enumerable.Range(0, Math.Min(_waiting.Count, largestBatch)).Select(_ => _waiting.Dequeue())];
        }
    }

    private async Task ServeAsync(TaskCompletionSource<Slot>[] batch)
    {
        try
        {
            IReadOnlyList<Slot> slots = await fetch(batch.Length);
            for (int i = 0; i < batch.Length; i++)
                batch[i].SetResult(slots[i]);
        }
        catch (Exception e)
        {
            foreach (TaskCompletionSource<Slot> wanted in batch)
                wanted.TrySetException(e);
        }
    }
}
