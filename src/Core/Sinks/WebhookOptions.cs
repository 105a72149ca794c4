using Courier.Settings;

namespace Courier.Sinks;

/// <summary>Settings <c>Alerts:Webhooks:n:*</c>.</summary>
public sealed class WebhookOptions : NumberedEntry
{
    /// <summary>A secret: it holds a token. Text, not an address, so that whoever reports a wrong one does so here, where it is not shown.</summary>
    public string? Url { get; set; }

    public WebhookFormat Format { get; set; }
}
