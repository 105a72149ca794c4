using Courier.Messages;

namespace Courier.Pacing;

/// <summary>
/// Where requests of one lane wait for slots: whoever comes while a batch is being fetched is served with the next one,
/// so that many pay for one operation. First come, first served.
/// </summary>
/// <param name="fetch">Fetches slots for so many.</param>
/// <param name="gathering">How long to wait for more before the next batch is fetched.</param>
internal sealed class SlotDesk(Func<int, Task<IReadOnlyList<Slot>>> fetch, Func<TimeSpan> gathering, int largestBatch, TimeProvider time)
{
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
        do
        {
            if (gathering() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time);
        }
        while (await ServeNextAsync());
    }

    private async Task<bool> ServeNextAsync()
    {
        TaskCompletionSource<Slot>[] batch = Next();
        if (batch.Length > 0)
            await ServeAsync(batch);
        return batch.Length > 0;
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
