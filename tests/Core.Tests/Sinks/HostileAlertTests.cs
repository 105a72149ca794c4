using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Alerts;
using Courier.Contracts;
using Courier.Sinks;
using Courier.StatusPages;
using Courier.Storage;
using Courier.Tests.Alerts;
using FsCheck;
using FsCheck.Fluent;

namespace Courier.Tests.Sinks;

/// <summary>Whatever the API, the vendor or a sender puts into a text: every receiver gets a valid, bounded payload, and nobody is called by it.</summary>
public sealed partial class HostileAlertTests
{
    private const int TeamsLimit = 28_000;

    private static readonly string[] s_attack =
    [
        "<!channel>", "<!here>", "<@U012AB3CD>", "<at>", "</at>", "<https://evil.test|Runbook>", "[Runbook](https://evil.test)", "*", "_", "~", "`", "```", "**", "# ", "&", "&amp;", "<", ">", "|",
        "{{DATE(2026-01-01T00:00:00Z)}}", "{{", "}}", "${x}", "@{x}", "\"", "\\", "\r\n", "\n\n", "\t", "\0", "\u202E", "\u200B", "\uD800", "\uDC00", "\uFFFF", "\uFFFE", "😀", "漢", "é", "javascript:alert(1)",
        "https://evil.test/a b", "https://user@evil.test", "https://evil.test/>|<", "test-key-", TestCourier.Key, " ", "a", new('&', 700), new('<', 3100), new('漢', 700), new('x', 5_000),
    ];

    /// <summary>Each takes another number of bytes in JSON.</summary>
    private static readonly string[] s_pieces = ["x", "&", "<", "\"", "\\", "*", "漢", "😀", "\uFFFF", "\0", "\uE000", "\uD800", "https://"];

    public static TheoryData<string, int> Longest => [.. TestAlerts.Formats.Keys.SelectMany(format => Enumerable.Range(0, s_pieces.Length).Select(piece => (format, piece)))];

    [Theory]
    [MemberData(nameof(Longest))]
    public void Endless_texts_are_cut_to_what_is_accepted(string format, int piece) =>
        Assert.True(IsFit(format, TestAlerts.Fill(AlertKind.ApiOutage, string.Concat(Enumerable.Repeat(s_pieces[piece], 5_000)))));

    [Fact]
    public void Endless_addresses_are_no_links_rather_than_other_addresses()
    {
        Alert alert = Clean("https://evil.test/" + new string('a', 1000));

        Assert.All(alert.VendorStatus!.Incidents, incident => Assert.Null(incident.Url));
        Assert.DoesNotContain("Action.OpenUrl", Encoding.UTF8.GetString(TeamsFormat.Write(alert).Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generic")]
    [InlineData("slack")]
    [InlineData("teams")]
    [InlineData("pagerduty")]
    public void Hostile_texts_make_valid_payloads(string format) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(200).WithEndSize(20),
        Prop.ForAll(Alerts().ToArbitrary(), alert => IsFit(format, alert)));

    [Theory]
    [InlineData("generic")]
    [InlineData("slack")]
    [InlineData("teams")]
    [InlineData("pagerduty")]
    public void Key_is_redacted_even_where_a_text_is_cut(string format)
    {
        foreach (int length in Enumerable.Range(0, 520))
        {
            string payload = Encoding.UTF8.GetString(TestAlerts.Formats[format](Clean(new string('x', length) + TestCourier.Key)).Span);
            Assert.DoesNotContain("test-key", payload, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Key_in_pieces_does_not_grow_together() =>
        Assert.DoesNotContain(TestCourier.Key, Clean(TestCourier.Key.Insert(5, "\u200B")).Summary, StringComparison.Ordinal);

    [Fact]
    public void Cleaning_twice_changes_nothing_more()
    {
        Alert once = Clean(string.Concat(s_attack));

        Assert.Equal(GenericFormat.Write(once).ToArray(), GenericFormat.Write(once.Clean(TestAlerts.Redaction)).ToArray());
    }

    [Fact]
    public void Slack_markup_is_ours_alone() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(200).WithEndSize(20),
        Prop.ForAll(Alerts().ToArbitrary(), alert =>
        {
            JsonElement message = JsonElement.Parse(SlackFormat.Write(alert.Clean(TestAlerts.Redaction)).Span);
            return Objects(message).Where(item => Is(item, "type", "mrkdwn")).All(item => OwnMarkup().IsMatch(item.GetProperty("text").GetString()!))
                && Objects(message).Where(item => Is(item, "type", "plain_text")).All(item => !item.GetProperty("text").GetString()!.AsSpan().ContainsAny('<', '>'))
                && !message.GetProperty("text").GetString()!.AsSpan().ContainsAny('<', '>') && !message.GetProperty("mrkdwn").GetBoolean();
        }));

    [Fact]
    public void Teams_markdown_is_ours_alone() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(200).WithEndSize(20),
        Prop.ForAll(Alerts().ToArbitrary(), alert =>
        {
            Alert sent = alert.Clean(TestAlerts.Redaction);
            JsonElement message = JsonElement.Parse(TeamsFormat.Write(sent).Span);
            return Objects(message).Where(item => Is(item, "type", "TextBlock")).All(item => Is(item, "text", AlertText.Title(sent)))
                && Objects(message).Where(item => item.TryGetProperty("value", out _)).All(item => OwnFact().IsMatch(item.GetProperty("value").GetString()!))
                && Objects(message).Where(item => Is(item, "type", "TextRun")).All(item => item.GetProperty("text").GetString() is { } text
                    && !text.AsSpan().ContainsAny('<', '>') && !text.Contains("{{", StringComparison.Ordinal));
        }));

    private static bool IsFit(string format, Alert alert)
    {
        ReadOnlyMemory<byte> payload = TestAlerts.Formats[format](alert.Clean(TestAlerts.Redaction));
        return PayloadSchema.Errors(format, payload).Count == 0
            && payload.Length <= (format == "teams" ? TeamsLimit : format == "generic" ? MessageSize.Inline : 512 * 1024)
            && payload.Span.IndexOf(Encoding.UTF8.GetBytes(TestCourier.Key)) < 0;
    }

    private static Alert Clean(string text) => TestAlerts.Fill(AlertKind.ApiOutage, text).Clean(TestAlerts.Redaction);

    private static Gen<Alert> Alerts() =>
        from text in Gen.OneOf(Gen.Elements(s_attack).ArrayOf().Select(string.Concat), ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""))
        from kind in Gen.Elements(Enum.GetValues<AlertKind>())
        select TestAlerts.Fill(kind, text);

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Objects(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    private static bool Is(JsonElement item, string name, string value) =>
        item.TryGetProperty(name, out JsonElement property) && property.ValueKind == JsonValueKind.String && property.ValueEquals(value);

    [GeneratedRegex(@"^(<https?://[^<>|\s]+\|(Runbook|Status page|Incident [1-5])>|\*[A-Za-z ]+\*\n[0-9A-Za-z :.,()%-]*)\z")]
    private static partial Regex OwnMarkup();

    [GeneratedRegex(@"^[0-9A-Za-z :.,()%-]*\z")]
    private static partial Regex OwnFact();
}
