namespace Courier.Sinks;

/// <summary>What a webhook expects.</summary>
public enum WebhookFormat
{
    /// <summary>The alert's JSON, as on the queue.</summary>
    Generic,

    /// <summary>Slack's incoming webhooks.</summary>
    Slack,

    /// <summary>A Power Automate workflow "when a Teams webhook request is received".</summary>
    Teams,

    /// <summary>PagerDuty's Events API v2.</summary>
    PagerDuty,
}
