namespace Courier.Storage;

/// <summary>
/// One after the other, in the order in which they come. Who waited goes on where the one before it ends, on the same thread, so that a run on a
/// virtual clock repeats exactly; a semaphore lets waiters go on elsewhere. Waiting lasts as long as those before it; who was cancelled in
/// the meantime does not begin.
/// </summary>
internal sealed class Turns
{
    private Task _last = Task.CompletedTask;

    /// <summary>Whether somebody's turn has not ended.</summary>
    public bool IsTaken => !Volatile.Read(ref _last).IsCompleted;

    public async Task<T> RunAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        TaskCompletionSource ended = new();
        Task before = Interlocked.Exchange(ref _last, ended.Task);
        try
        {
            await before;
            cancellationToken.ThrowIfCancellationRequested();
            return await run();
        }
        finally
        {
            ended.SetResult();
        }
    }

    public Task RunAsync(Func<Task> run, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await run();
            return true;
        },
        cancellationToken);
}
