using Courier.Alerts;
using Microsoft.Extensions.Logging;

namespace Courier.Sinks;

/// <summary>The log, where a rule of Azure Monitor can wait for the event <c>alert.raised</c>.</summary>
public sealed partial class LogSink(ILogger<LogSink> logger) : IAlertSink
{
    public string Name => "log";

    public Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        LogLevel level = alert.Severity == AlertSeverity.Critical ? LogLevel.Critical : LogLevel.Warning;
        (string kind, string title, string details) = (alert.Kind.Text(), AlertText.Title(alert), AlertText.Details(alert));
        AlertStatistics counted = alert.Statistics;
        Log.AlertRaised(logger, level, kind, alert.Id, alert.Since, counted.Calls, counted.Failures, alert.Runbook, title, alert.Summary, details);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 40, EventName = "alert.raised",
            Message = "alert.raised {Kind} {Id} since {Since}, {Calls} calls, {Failures} failures, runbook {Runbook}\n{Title}. {Summary}\n{Details}")]
        public static partial void AlertRaised(
            ILogger logger, LogLevel level, string kind, string id, DateTimeOffset since, long calls, long failures, string runbook, string title, string summary, string details);
    }
}
