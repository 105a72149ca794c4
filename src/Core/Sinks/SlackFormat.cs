using System.Text;
using System.Text.Json.Nodes;
using Courier.Alerts;
using Courier.Health;
using Courier.StatusPages;
using Courier.Writing;

namespace Courier.Sinks;

/// <summary>
/// A message for Slack's incoming webhooks. Slack has no way to escape its formatting, so whatever was not written here is plain_text;
/// only labels and links are mrkdwn. https://docs.slack.dev/reference/block-kit/blocks
/// </summary>
public static class SlackFormat
{
    private const int LongestHeader = 150;
    private const int LongestText = 3000;
    private const int LongestField = 2000;

    public static ReadOnlyMemory<byte> Write(Alert alert) => Json.Write(Message(alert), static (json, message) => message.WriteTo(json));

    private static JsonObject Message(Alert alert) => new()
    {
        ["text"] = Escape($"{AlertText.Title(alert)}: {alert.Summary}", LongestText), // for notifications
        ["mrkdwn"] = false,
        ["blocks"] = new JsonArray([.. Blocks(alert)]),
    };

    private static IEnumerable<JsonNode> Blocks(Alert alert)
    {
        yield return new JsonObject { ["type"] = "header", ["text"] = Plain(AlertText.Title(alert), LongestHeader) };
        yield return Section(alert.Summary);
        yield return new JsonObject { ["type"] = "section", ["fields"] = new JsonArray([.. AlertText.Facts(alert).Select(Field)]) };
        yield return Section($"What Courier does: {alert.Doing}\nWhat to do: {AlertText.Advice(alert)}");
        foreach (CallSample sample in alert.Samples)
            yield return Section($"Example: {AlertText.Line(sample)}");
        if (alert.VendorStatus is { } status)
            yield return Section(string.Join('\n', [$"Status page: {status.Description}", .. status.Incidents.Select(AlertText.Line)]));
        yield return new JsonObject { ["type"] = "context", ["elements"] = new JsonArray([.. Context(alert)]) };
    }

    private static IEnumerable<JsonNode> Context(Alert alert)
    {
        foreach ((string text, string url) in AlertLinks.Of(alert))
            yield return Markup($"<{Escape(url, LongestText)}|{text}>");
        yield return Plain($"Runbook: {alert.Runbook}", LongestText);
        if (alert.SupportContact is { } contact)
            yield return Plain($"Support: {contact}", LongestText);
        yield return Plain($"{alert.Kind.Text()} {alert.Id}", LongestText);
    }

    private static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Plain(text, LongestText) };

    private static JsonNode Field(KeyValuePair<string, string> fact) => Markup($"*{fact.Key}*\n{Escape(fact.Value, LongestField / 2)}");

    private static JsonObject Plain(string text, int longest) => new() { ["type"] = "plain_text", ["text"] = Escape(text, longest), ["emoji"] = false };

    /// <summary>Short by itself: markup cannot be cut. Verbatim: no links or mentions but those written as such.</summary>
    private static JsonObject Markup(string markup) => new() { ["type"] = "mrkdwn", ["text"] = markup, ["verbatim"] = true };

    /// <summary>Slack wants these three escaped in every text object, and no others; no entity is cut in two, and no text is empty.</summary>
    private static string Escape(string text, int longest)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            string next = rune.Value switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => rune.ToString() };
            if (escaped.Length + next.Length >= longest)
                return escaped.Append('…').ToString();
            escaped.Append(next);
        }

        return escaped.Length == 0 ? "-" : escaped.ToString();
    }
}
