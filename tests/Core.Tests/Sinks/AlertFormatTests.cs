using System.Text;
using System.Text.Json;
using Courier.Alerts;
using Courier.Sinks;
using Courier.StatusPages;
using Courier.Tests.Alerts;

namespace Courier.Tests.Sinks;

/// <summary>What an ordinary alert looks like at each receiver.</summary>
public sealed class AlertFormatTests
{
    public static TheoryData<string, AlertKind> All => [.. TestAlerts.Formats.Keys.SelectMany(format => Enum.GetValues<AlertKind>().Select(kind => (format, kind)))];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_kind_is_valid_at_every_receiver(string format, AlertKind kind) =>
        Assert.Empty(PayloadSchema.Errors(format, TestAlerts.Formats[format](TestAlerts.Create(kind))));

    [Theory]
    [MemberData(nameof(All))]
    public void Alert_with_nothing_optional_is_valid_at_every_receiver(string format, AlertKind kind)
    {
        Alert bare = TestAlerts.Create(kind) with { Samples = [], VendorStatus = null, SupportContact = null, Runbook = "docs/runbook.md#x", Summary = "", Doing = "" };

        Assert.Empty(PayloadSchema.Errors(format, TestAlerts.Formats[format](bare)));
    }

    [Fact]
    public void Schemas_refuse_what_their_receivers_refuse()
    {
        Assert.NotEmpty(PayloadSchema.Errors("slack", Encoding.UTF8.GetBytes($$"""{"text":"x","blocks":[{"type":"header","text":{"type":"plain_text","text":"{{new string('x', 151)}}"} }]}""")));
        Assert.NotEmpty(PayloadSchema.Errors("slack", Encoding.UTF8.GetBytes($$"""{"text":"x","blocks":[{"type":"section","fields":[{"type":"mrkdwn","text":"{{new string('x', 2001)}}"}]}]}""")));
        Assert.NotEmpty(PayloadSchema.Errors("slack", """{"text":"x","blocks":[{"type":"section","text":{"type":"mrkdwn","text":""}}]}"""u8.ToArray()));
        Assert.NotEmpty(PayloadSchema.Errors("pagerduty", """{"routing_key":"short","event_action":"trigger","payload":{"summary":"x","source":"x","severity":"info"}}"""u8.ToArray()));
        Assert.NotEmpty(PayloadSchema.Errors("teams", """{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.4","actions":[{"type":"Action.OpenUrl","url":"javascript:alert(1)"}]}}]}"""u8.ToArray()));
    }

    [Theory]
    [InlineData("slack")]
    [InlineData("teams")]
    [InlineData("pagerduty")]
    [InlineData("generic")]
    public void Person_reads_what_since_when_how_many_and_where_to_look(string format)
    {
        string payload = Payload(format);

        Assert.All(
            ["38 of 40", "Requests wait on the queue", "r1", "/companies/example.com", "0HNQ8KABS021E", "API errors", "https://status.api.test", "support@api.test", "https://wiki.test/runbook#api-outage"],
            text => Assert.Contains(text, payload, StringComparison.Ordinal));
    }

    [Fact]
    public void Pagerduty_opens_and_resolves_one_incident_for_an_episode()
    {
        JsonElement[] events = [.. new[] { AlertKind.ApiOutage, AlertKind.ApiOutageContinues, AlertKind.ApiRecovered }
            .Select(kind => JsonElement.Parse(PagerDutyFormat.Write(TestAlerts.Create(kind), TestAlerts.RoutingKey).Span))];

        Assert.Equal(["trigger", "trigger", "resolve"], events.Select(e => e.GetProperty("event_action").GetString()));
        Assert.Single(events.Select(e => e.GetProperty("dedup_key").GetString()).Distinct());
        Assert.Equal(["critical", "critical", "info"], events.Select(e => e.GetProperty("payload").GetProperty("severity").GetString()));
        Assert.All(events, e => Assert.Equal(TestAlerts.RoutingKey, e.GetProperty("routing_key").GetString()));
    }

    [Fact]
    public void Runbook_that_is_no_address_is_no_link()
    {
        Alert alert = TestAlerts.Create() with { Runbook = "docs/runbook.md#api-outage", VendorStatus = null };

        Assert.Contains("docs/runbook.md#api-outage", Encoding.UTF8.GetString(TeamsFormat.Write(alert).Span), StringComparison.Ordinal);
        Assert.DoesNotContain("Action.OpenUrl", Encoding.UTF8.GetString(TeamsFormat.Write(alert).Span), StringComparison.Ordinal);
        Assert.DoesNotContain("mrkdwn\",\"text\":\"<", Encoding.UTF8.GetString(SlackFormat.Write(alert).Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{DATE(2026-01-01T00:00:00Z)}}")]
    [InlineData("{{{DATE(2026-01-01T00:00:00Z)}}}")]
    public void Teams_evaluates_no_function_in_a_text(string text) =>
        Assert.DoesNotContain("{{", Encoding.UTF8.GetString(TeamsFormat.Write(TestAlerts.Create() with { Summary = text }).Span), StringComparison.Ordinal);

    private static string Payload(string format) => Encoding.UTF8.GetString(TestAlerts.Formats[format](TestAlerts.Create()).Span);
}
