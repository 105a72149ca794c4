namespace Courier.Contracts;

/// <summary>Runs work to its end on a fake clock, from timer to timer.</summary>
public static class VirtualTime
{
    /// <summary>
    /// The work begins and goes on where the clock is advanced: on a thread without synchronization context a timer's continuations run
    /// inside its callback. So time never passes while there is something to do, and every moment that the work sees is exact.
    /// </summary>
    public static Task<T> RunAsync<T>(this FakeClock clock, Func<Task<T>> work) => Task.Run(() =>
    {
        Task<T> task = work();
        while (!task.IsCompleted)
            clock.Advance(clock.UntilNextTimer ?? throw new InvalidOperationException("The work waits for something that is not on the clock."));
        return task;
    });

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(this FakeClock clock, Func<Task> work) => clock.RunAsync(async () =>
    {
        await work();
        return true;
    });
}
