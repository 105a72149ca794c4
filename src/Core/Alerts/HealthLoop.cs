using Courier.Pacing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Alerts;

/// <summary>Tells the other instances what this one sees, every quarter of a minute; and when the key is refused or accepted again, the operator, at once.</summary>
public sealed partial class HealthLoop(HealthReports reports, HealthWatch watch, CredentialHold hold, TimeProvider time, ILogger<HealthLoop> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    private TaskCompletionSource _keyChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hold.Changed += OnKeyChanged;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.WhenAny(_keyChanged.Task, Task.Delay(s_interval, time, stoppingToken));
                await TurnAsync(stoppingToken);
            }
        }
        finally
        {
            hold.Changed -= OnKeyChanged;
        }
    }

    private void OnKeyChanged() => Volatile.Read(ref _keyChanged).TrySetResult();

    /// <summary>The last one, when the process stops, tells what has not been told.</summary>
    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        bool hasKeyChanged = _keyChanged.Task.IsCompleted;
        if (hasKeyChanged)
            Volatile.Write(ref _keyChanged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            if (hasKeyChanged)
                await watch.RunAsync(stoppingToken);
            else
                await reports.PublishAsync(CancellationToken.None);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
        catch (OperationCanceledException)
        {
            // stopping; whoever looks next tells what is still to be told
        }
    }

    private static partial class Log
    {
        [LoggerMessage(43, LogLevel.Warning, "health.failed What this instance has seen could not be told; it is tried again", EventName = "health.failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
