using Courier.Alerts;
using Courier.Sinks;

namespace Courier.Watch;

/// <summary>Settings <c>Alerts:*</c>: where alerts go, and when some of them are raised.</summary>
public sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>Besides the queue and the log.</summary>
    public IReadOnlyList<WebhookOptions> Webhooks { get; set; } = [];

    /// <summary>A page with a section for each kind of alert. An address makes it a link in messages.</summary>
    public string RunbookUrl { get; set; } = "docs/runbook.md";

    /// <summary>From so many dead letters within an hour an alert is raised; 0 for never.</summary>
    public int DeadLettersPerHour { get; set; } = 10;

    /// <summary>An alert is raised when no call has succeeded for so long while requests wait, or since a schedule was due.</summary>
    public TimeSpan SilenceAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The section of the runbook for this kind.</summary>
    public string Runbook(AlertKind kind) => $"{RunbookUrl}#{kind.Text()}";
}
