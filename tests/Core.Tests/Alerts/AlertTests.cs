using System.Text;
using System.Text.Json;
using Courier.Alerts;
using Courier.Sinks;
using Courier.StatusPages;
using Courier.Watch;

namespace Courier.Tests.Alerts;

public sealed class AlertTests
{
    [Theory]
    [InlineData(AlertKind.ApiOutage, "api-outage", AlertSeverity.Critical)]
    [InlineData(AlertKind.ApiOutageContinues, "api-outage-continues", AlertSeverity.Critical)]
    [InlineData(AlertKind.ApiRecovered, "api-recovered", AlertSeverity.Info)]
    [InlineData(AlertKind.CredentialRejected, "credential-rejected", AlertSeverity.Critical)]
    [InlineData(AlertKind.CredentialRestored, "credential-restored", AlertSeverity.Info)]
    [InlineData(AlertKind.DeadLettersRising, "dead-letters-rising", AlertSeverity.Warning)]
    [InlineData(AlertKind.Silence, "silence", AlertSeverity.Critical)]
    [InlineData(AlertKind.StorageBlocked, "storage-blocked", AlertSeverity.Critical)]
    public void Kind_has_the_name_and_severity_of_the_contract(AlertKind kind, string name, AlertSeverity severity)
    {
        JsonElement alert = JsonElement.Parse(GenericFormat.Write(TestAlerts.Create(kind)).Span);

        Assert.Equal((name, severity), (kind.Text(), kind.Severity()));
        Assert.Equal((name, severity.ToString().ToLowerInvariant()), (alert.GetProperty("kind").GetString(), alert.GetProperty("severity").GetString()));
    }

    [Fact]
    public void Every_kind_is_in_the_list_above() => Assert.Equal(8, Enum.GetValues<AlertKind>().Length);

    [Fact]
    public void Pending_alert_survives_being_stored()
    {
        PendingAlert before = new(TestAlerts.Create(), ["queue", "webhook 0 (slack)"], 3, TestAlerts.Now, TestAlerts.Now.AddMinutes(-9));

        byte[] stored = JsonSerializer.SerializeToUtf8Bytes(before, WatchJson.Format.PendingAlert);
        PendingAlert after = JsonSerializer.Deserialize(stored, WatchJson.Format.PendingAlert)!;

        Assert.Equal(stored, JsonSerializer.SerializeToUtf8Bytes(after, WatchJson.Format.PendingAlert));
        Assert.Equal((before.Alert.Kind, before.Alert.Incident, 3), (after.Alert.Kind, after.Alert.Incident, after.Tries));
        Assert.Equal(before.Sinks, after.Sinks);
    }

    [Fact]
    public void Absent_parts_are_left_out()
    {
        Alert bare = TestAlerts.Create() with { VendorStatus = null, SupportContact = null, Samples = [], Statistics = TestAlerts.Create().Statistics with { Waiting = null } };

        string json = Encoding.UTF8.GetString(GenericFormat.Write(bare).Span);

        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.DoesNotContain("incident", json, StringComparison.Ordinal);
        Assert.Contains("\"samples\":[]", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlertKind.ApiOutage, AlertKind.ApiOutageContinues, true)]
    [InlineData(AlertKind.ApiOutage, AlertKind.ApiRecovered, true)]
    [InlineData(AlertKind.CredentialRejected, AlertKind.CredentialRestored, true)]
    [InlineData(AlertKind.ApiOutage, AlertKind.CredentialRejected, false)]
    [InlineData(AlertKind.DeadLettersRising, AlertKind.Silence, false)]
    public void Alerts_of_one_episode_share_an_incident(AlertKind one, AlertKind other, bool same) =>
        Assert.Equal(same, TestAlerts.Create(one).Incident == TestAlerts.Create(other, at: TestAlerts.Now.AddHours(2)).Incident);

    [Fact]
    public void Next_episode_is_another_incident() =>
        Assert.NotEqual(TestAlerts.Create().Incident, (TestAlerts.Create() with { Since = TestAlerts.Now }).Incident);

    [Fact]
    public void Incident_does_not_depend_on_the_time_zone() =>
        Assert.Equal(TestAlerts.Create().Incident, (TestAlerts.Create() with { Since = TestAlerts.Create().Since.ToOffset(TimeSpan.FromHours(5)) }).Incident);

    [Theory]
    [InlineData(40, 38, 0.95)]
    [InlineData(0, 0, 0)]
    [InlineData(3, 1, 0.3333)]
    public void Ratio_is_the_share_of_failures(long calls, long failures, double ratio) =>
        Assert.Equal(ratio, (TestAlerts.Create().Statistics with { Calls = calls, Failures = failures }).Ratio);

    [Theory]
    [InlineData("one\r\ntwo\tthree", "one  two three")]
    [InlineData("a\u202Eb\u200Bc\0d", "a b c d")]
    [InlineData("plain 漢 😀", "plain 漢 😀")]
    public void Text_becomes_one_visible_line(string text, string line) =>
        Assert.Equal(line, (TestAlerts.Create() with { Summary = text }).Clean(TestAlerts.Redaction).Summary);

    [Theory]
    [InlineData("https://status.api.test/i/1?a=b", "https://status.api.test/i/1?a=b")]
    [InlineData("http://status.api.test/ü|x", "http://status.api.test/%C3%BC%7Cx")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("/relative", null)]
    [InlineData("https://status.api.test@evil.test/", null)]
    public void Address_from_outside_is_kept_when_it_may_be_clicked(string url, string? kept)
    {
        Alert alert = TestAlerts.Create();
        VendorIncident incident = alert.VendorStatus!.Incidents[0] with { Url = url };

        Alert clean = (alert with { VendorStatus = alert.VendorStatus with { Incidents = [incident] } }).Clean(TestAlerts.Redaction);

        Assert.Equal(kept, clean.VendorStatus!.Incidents[0].Url);
    }
}
