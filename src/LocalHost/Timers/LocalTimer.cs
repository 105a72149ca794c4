using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.LocalHost.Timers;

/// <summary>Runs a handler at each full minute, as the Functions host's timer does: never twice at a time, and a failure does not stop the next run.</summary>
/// <param name="interval">Instead of a minute, for tests.</param>
public sealed partial class LocalTimer(
    string name, Func<CancellationToken, Task> handle, TimeProvider time, ILogger<LocalTimer> logger, TimeSpan? interval = null) : BackgroundService
{
    private readonly TimeSpan _interval = interval ?? TimeSpan.FromMinutes(1);

    /// <summary>Ends when the handler has.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts its services one after the other
        try
        {
            while (true)
            {
                await NextAsync(stoppingToken);
                await HandleAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Waits for the next full interval. Delays end up to a millisecond early, which would run the same minute twice.</summary>
    private async Task NextAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset next = now + _interval - TimeSpan.FromTicks(now.Ticks % _interval.Ticks);
        // A wait of more than the interval: the clock was set back.
        for (TimeSpan wait = next - now; wait > TimeSpan.Zero && wait <= _interval; wait = next - time.GetUtcNow())
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, stoppingToken);
    }

    private async Task HandleAsync(CancellationToken stoppingToken)
    {
        try
        {
            await handle(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            Log.Failed(logger, e, name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(39, LogLevel.Error, "timer.failed {Timer}: it runs again in time", EventName = "timer.failed")]
        public static partial void Failed(ILogger logger, Exception exception, string timer);
    }
}
