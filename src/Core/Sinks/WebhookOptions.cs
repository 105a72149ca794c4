using Courier.Settings;

namespace Courier.Sinks;

/// <summary>Settings <c>Alerts:Webhooks:n:*</c>.</summary>
public sealed class WebhookOptions : NumberedEntry
{
    /// <summary>Where alerts go besides the queue and the log. A secret: it holds a token, and is shown nowhere.</summary>
    /// <remarks>Text, not an address, so that whoever reports a wrong one does so here, where it is not shown.</remarks>
    public string? Url { get; set; }

    /// <summary>What is posted there.</summary>
    public WebhookFormat Format { get; set; }
}
