namespace Courier.Quota;

/// <summary>
/// Where wishes wait: whoever comes while a batch is being served is served with the next one, so that many pay for one operation.
/// First come, first served. Whatever goes wrong is told to those whom it concerns, and the next are served.
/// </summary>
/// <param name="serve">Fulfils a batch.</param>
/// <param name="gathering">Waits for more before the next batch is served.</param>
internal sealed class SlotDesk(Func<IReadOnlyList<Wish>, Task<Place?[]>> serve, Func<Task> gathering, int largestBatch)
{
    private readonly Lock _lock = new();
    private readonly Queue<(Wish Wish, TaskCompletionSource<Place?> Answer)> _waiting = new();
    private bool _isServing;

    public Task<Place?> AskAsync(Wish wish, CancellationToken cancellationToken)
    {
        TaskCompletionSource<Place?> answer = new();
        bool begins;
        lock (_lock)
        {
            _waiting.Enqueue((wish, answer));
            begins = !_isServing;
            _isServing = true;
        }

        if (begins)
            _ = ServeAsync();
        return answer.Task.WaitAsync(cancellationToken);
    }

    private async Task ServeAsync()
    {
        Exception? failure = await GatherAsync();
        while (Next() is { Length: > 0 } batch)
        {
            await ServeAsync(batch, failure);
            failure = await GatherAsync();
        }
    }

    private async Task<Exception?> GatherAsync()
    {
        try
        {
            await gathering();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>Out of the lock before they are told: they go on from there.</summary>
    private (Wish Wish, TaskCompletionSource<Place?> Answer)[] Next()
    {
        lock (_lock)
        {
            _isServing = _waiting.Count > 0;
            return [.. Enumerable.Range(0, Math.Min(_waiting.Count, largestBatch)).Select(_ => _waiting.Dequeue())];
        }
    }

    private async Task ServeAsync((Wish Wish, TaskCompletionSource<Place?> Answer)[] batch, Exception? failure)
    {
        try
        {
            if (failure is not null)
                throw failure;
            Place?[] places = await serve([.. batch.Select(waiting => waiting.Wish)]);
            for (int i = 0; i < batch.Length; i++)
                batch[i].Answer.TrySetResult(places[i]);
        }
        catch (Exception e)
        {
            foreach ((_, TaskCompletionSource<Place?> answer) in batch)
                answer.TrySetException(e);
        }
    }
}
