using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Alerts;
using Courier.Writing;

namespace Courier.Sinks;

/// <summary>
/// An event for PagerDuty's Events API v2: the alerts of one episode share a dedup_key, and its end resolves the incident.
/// https://developer.pagerduty.com/docs/send-alert-event
/// </summary>
public static class PagerDutyFormat
{
    private const int LongestSummary = 1024;

    public static ReadOnlyMemory<byte> Write(Alert alert, string routingKey) =>
        Json.Write(Event(alert, routingKey), static (json, value) => value.WriteTo(json));

    private static JsonObject Event(Alert alert, string routingKey) => new()
    {
        ["routing_key"] = routingKey,
        ["event_action"] = alert.Kind.IsClosing() ? "resolve" : "trigger",
        ["dedup_key"] = alert.Incident,
        ["client"] = "Courier",
        ["links"] = new JsonArray([.. AlertLinks.Of(alert).Select(Link)]),
        ["payload"] = Payload(alert),
    };

    private static JsonObject Payload(Alert alert) => new()
    {
        ["summary"] = BoundedText.Of($"{AlertText.Title(alert)}: {alert.Summary}", LongestSummary),
        ["source"] = "Courier",
        ["severity"] = alert.Severity.ToString().ToLowerInvariant(),
        ["timestamp"] = alert.At,
        ["component"] = alert.Kind.Opening().Text(),
        ["class"] = alert.Kind.Text(),
        ["custom_details"] = JsonSerializer.SerializeToNode(alert, AlertJson.Format.Alert),
    };

    private static JsonNode Link((string Text, string Url) link) => new JsonObject { ["href"] = link.Url, ["text"] = link.Text };
}
