using System.Text.Json.Nodes;
using Courier.Alerts;
using Courier.Health;
using Courier.StatusPages;
using Courier.Writing;

namespace Courier.Sinks;

/// <summary>
/// An adaptive card for a Power Automate workflow that posts to Teams. A TextBlock and a FactSet read their text as Markdown, so they hold
/// only what was written here; texts from elsewhere are TextRuns, which know no markup. https://adaptivecards.io/explorer/
/// </summary>
public static class TeamsFormat
{
    /// <summary>In bytes. Teams refuses cards above 28 KB, and some clients of it report 21.</summary>
    private const int LongestCard = 20_000;

    /// <summary>An ordinary alert has a tenth of that; only texts in rare scripts make one so long.</summary>
    private static readonly Func<Alert, Alert>[] s_cuts =
        [alert => alert, alert => alert with { Samples = [] }, alert => alert with { Samples = [], VendorStatus = null }];

    public static ReadOnlyMemory<byte> Write(Alert alert)
    {
        ReadOnlyMemory<byte> message = default;
        foreach (Func<Alert, Alert> cut in s_cuts)
        {
            message = Json.Write(Message(cut(alert)), static (json, value) => value.WriteTo(json));
            if (message.Length <= LongestCard)
                break;
        }

        return message;
    }

    private static JsonObject Message(Alert alert) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = Card(alert),
        }),
    };

    private static JsonObject Card(Alert alert) => new()
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        ["version"] = "1.4",
        ["fallbackText"] = AlertText.Title(alert),
        ["body"] = new JsonArray([.. Body(alert)]),
        ["actions"] = new JsonArray([.. AlertLinks.Of(alert).Take(6).Select(OpenUrl)]), // Teams shows no more
    };

    private static IEnumerable<JsonNode> Body(Alert alert)
    {
        yield return new JsonObject
        {
            ["type"] = "TextBlock",
            ["text"] = AlertText.Title(alert),
            ["wrap"] = true,
            ["size"] = "Large",
            ["weight"] = "Bolder",
            ["color"] = Color(alert),
        };
        yield return Text(alert.Summary);
        yield return new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray([.. AlertText.Facts(alert).Select(Fact)]) };
        yield return Text($"What Courier does: {alert.Doing}");
        yield return Text($"What to do: {AlertText.Advice(alert)}");
        foreach (CallSample sample in alert.Samples)
            yield return Text($"Example: {AlertText.Line(sample)}");
        if (alert.VendorStatus is { } status)
        {
            yield return Text($"Status page: {status.Description}");
            foreach (VendorIncident incident in status.Incidents)
                yield return Text($"Incident: {AlertText.Line(incident)}");
        }

        if (alert.SupportContact is { } contact)
            yield return Text($"Support: {contact}");
        yield return Text($"Runbook: {alert.Runbook}");
    }

    private static JsonNode Fact(KeyValuePair<string, string> fact) => new JsonObject { ["title"] = fact.Key, ["value"] = fact.Value };

    private static JsonNode OpenUrl((string Text, string Url) link) => new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = link.Text, ["url"] = link.Url };

    private static JsonObject Text(string text) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = Defuse(text) }),
    };

    /// <summary>No tag that could become a mention, no <c>{{DATE(…)}}</c> that the client would evaluate.</summary>
    private static string Defuse(string text) => text.Replace('<', '‹').Replace('>', '›').Replace("{", "{ ", StringComparison.Ordinal);

    private static string Color(Alert alert) => alert.Severity switch
    {
        AlertSeverity.Critical => "Attention",
        AlertSeverity.Warning => "Warning",
        _ => "Good",
    };
}
