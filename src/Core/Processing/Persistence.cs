using Courier.Storage;
using Microsoft.Extensions.Logging;

namespace Courier.Processing;

/// <summary>Tries a write again while the storage fails in passing: after a call its answer is at stake, and a message that comes back calls again.</summary>
public sealed partial class Persistence(TimeProvider time, ILogger<Persistence> logger)
{
    /// <summary>Half a minute together. With the storage client's own repetitions that is well within what a function may last.</summary>
    private static readonly TimeSpan[] s_pauses = [.. new[] { 1, 2, 4, 8, 15 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>A storage that goes dumb takes two minutes to fail once, and the host ends a function after five.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <param name="write">May be carried out several times.</param>
    public Task RunAsync(Func<Task> write) => RunAsync(write, static write => write());

    /// <param name="state">What <paramref name="write"/> needs, so that it need not be made anew for each message.</param>
    /// <param name="write">May be carried out several times.</param>
    public async Task RunAsync<TState>(TState state, Func<TState, Task> write)
    {
        long begun = time.GetTimestamp();
        foreach (TimeSpan pause in s_pauses)
        {
            try
            {
                await write(state);
                return;
            }
            catch (StorageFailureException e) when (!e.IsBlocked && time.GetElapsedTime(begun) < s_patience)
            {
                Log.TriedAgain(logger, e.Message, pause);
                await Task.Delay(pause, time, CancellationToken.None);
            }
        }

        await write(state);
    }

    private static partial class Log
    {
        [LoggerMessage(15, LogLevel.Warning, "storage.tried-again {Problem} A write is tried again in {Pause}", EventName = "storage.tried-again")]
        public static partial void TriedAgain(ILogger logger, string problem, TimeSpan pause);
    }
}
