using Courier.Health;
using Courier.Pacing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Watch;

/// <summary>Tells the other instances what this one sees, every quarter of a minute; and when the key is refused or accepted again, the operator, at once.</summary>
public sealed partial class HealthLoop(HealthReports reports, HealthWatch watch, CredentialHold hold, TimeProvider time, ILogger<HealthLoop> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <summary>The request that met the refusal is settled in the meantime: it is the alert's example.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(1);

    private TaskCompletionSource _keyChanged = new();

    /// <summary>Listens before the first call is made; the loop itself begins later.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        hold.Changed += OnKeyChanged;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await KeyChangesAsync(stoppingToken))
                await TryAsync(watch.RunAsync, stoppingToken);
            else
                await TryAsync(reports.PublishAsync, stoppingToken);
        }

        hold.Changed -= OnKeyChanged;
        await TryAsync(reports.PublishAsync, CancellationToken.None); // what has not been told
    }

    private void OnKeyChanged() => Volatile.Read(ref _keyChanged).TrySetResult();

    /// <returns>False when it has not within the interval.</returns>
    private async Task<bool> KeyChangesAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAny(_keyChanged.Task, Task.Delay(s_interval, time, stoppingToken));
        if (!_keyChanged.Task.IsCompleted)
            return false;
        await Task.Delay(s_settling, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _keyChanged, new TaskCompletionSource());
        return true;
    }

    private async Task TryAsync(Func<CancellationToken, Task> tell, CancellationToken cancellationToken)
    {
        try
        {
            await tell(cancellationToken);
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested) // else whoever looks next tells it
                Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(43, LogLevel.Warning, "health.failed What this instance has seen could not be told; it is tried again", EventName = "health.failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
