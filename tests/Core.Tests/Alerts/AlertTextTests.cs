using Courier.Alerts;
using Courier.Health;
using Courier.StatusPages;

namespace Courier.Tests.Alerts;

public sealed class AlertTextTests
{
    private static readonly CallSample s_bare = new() { At = TestAlerts.Now, Id = "r3", Method = "GET", Path = "/x", Outcome = "unreachable" };

    public static TheoryData<AlertKind> Kinds => [.. Enum.GetValues<AlertKind>()];

    [Fact]
    public void Details_are_a_line_each()
    {
        string[] lines =
        [
            "Since: 2025-12-31 23:53:00Z",
            "Counted: 2025-12-31 23:55:00Z to 2026-01-01 00:00:00Z",
            "Calls failed: 38 of 40 (95 %)",
            "Dead letters: 2",
            "Requests waiting: 118",
            "What Courier does: Requests wait on the queue and go on by themselves. The API is probed once a minute.",
            "What to do: Look at the vendor's status page. If it says nothing, check this side's network, then give the vendor's support the request ids of the examples.",
            "Runbook: https://wiki.test/runbook#api-outage",
            "Example: 2025-12-31 23:59:00Z r1 GET /companies/example.com → 503 server-error (x-request-id 0HNQ8KABS021E)",
            "Example: 2025-12-31 23:59:00Z r2 GET /companies/example.com → unreachable",
            "Status page: Partial System Outage, https://status.api.test",
            "Incident: API errors (investigating, impact major, since 2025-12-31 23:57:00Z) https://stspg.io/abc",
            "Support: support@api.test",
        ];

        Assert.Equal(string.Join('\n', lines), AlertText.Details(TestAlerts.Create()));
    }

    [Fact]
    public void What_is_not_known_has_no_line()
    {
        Alert alert = TestAlerts.Create() with { VendorStatus = null, SupportContact = null, Samples = [], Statistics = TestAlerts.Create().Statistics with { DeadLetters = null, Waiting = null } };

        string[] names = [.. AlertText.Details(alert).Split('\n').Select(line => line.Split(": ")[0])];

        Assert.Equal(["Since", "Counted", "Calls failed", "What Courier does", "What to do", "Runbook"], names);
    }

    [Fact]
    public void Sample_says_no_more_than_is_known() => Assert.Equal("2026-01-01 00:00:00Z r3 GET /x → unreachable", AlertText.Line(s_bare));

    [Fact]
    public void Sample_of_a_dead_letter_says_why() => Assert.EndsWith("→ 403 rejected forbidden", AlertText.Line(s_bare with { Status = 403, Outcome = "rejected", Reason = "forbidden" }), StringComparison.Ordinal);

    [Fact]
    public void Incident_without_a_beginning_and_an_address_ends_with_its_name()
    {
        VendorStatus status = TestAlerts.Create().VendorStatus!;
        Alert alert = TestAlerts.Create() with { SupportContact = null, VendorStatus = status with { Incidents = [status.Incidents[0] with { Since = null, Url = null }] } };

        Assert.EndsWith("\nIncident: API errors (investigating, impact major)", AlertText.Details(alert), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlertKind.ApiOutage, "failing")]
    [InlineData(AlertKind.ApiOutageContinues, "still failing")]
    [InlineData(AlertKind.ApiRecovered, "works again")]
    [InlineData(AlertKind.CredentialRejected, "refuses the key")]
    [InlineData(AlertKind.CredentialRestored, "accepts the key")]
    [InlineData(AlertKind.DeadLettersRising, "given up")]
    [InlineData(AlertKind.Silence, "No call succeeds")]
    [InlineData(AlertKind.StorageBlocked, "storage refuses")]
    public void Title_says_what_has_happened(AlertKind kind, string phrase) => Assert.Contains(phrase, AlertText.Title(TestAlerts.Create(kind)), StringComparison.Ordinal);

    [Theory]
    [InlineData(AlertKind.ApiOutage, "status page")]
    [InlineData(AlertKind.ApiOutageContinues, "status page")]
    [InlineData(AlertKind.ApiRecovered, "dead letters of the meantime")]
    [InlineData(AlertKind.CredentialRejected, "Api:Key")]
    [InlineData(AlertKind.CredentialRestored, "dead-lettered as unauthorized")]
    [InlineData(AlertKind.DeadLettersRising, "Read the dead letters")]
    [InlineData(AlertKind.Silence, "request.settled")]
    [InlineData(AlertKind.StorageBlocked, "blob or queue")]
    public void Advice_says_what_to_do_first(AlertKind kind, string phrase) => Assert.Contains(phrase, AlertText.Advice(TestAlerts.Create(kind)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Only_an_end_closes(AlertKind kind) => Assert.Equal(kind is AlertKind.ApiRecovered or AlertKind.CredentialRestored, kind.IsClosing());

    [Fact]
    public void Links_are_those_that_may_be_clicked()
    {
        Alert alert = TestAlerts.Create();
        VendorIncident incident = alert.VendorStatus!.Incidents[0];
        alert = alert with { VendorStatus = alert.VendorStatus with { Incidents = [incident, incident with { Url = "javascript:alert(1)" }, incident] } };

        Assert.Equal(
            [("Runbook", "https://wiki.test/runbook#api-outage"), ("Status page", "https://status.api.test/"), ("Incident 1", "https://stspg.io/abc"), ("Incident 3", "https://stspg.io/abc")],
            AlertLinks.Of(alert));
    }

    [Fact]
    public void Alert_without_a_status_page_links_to_the_runbook_alone() => Assert.Equal("Runbook", Assert.Single(AlertLinks.Of(TestAlerts.Create() with { VendorStatus = null })).Text);

    [Fact]
    public void Each_text_is_cut_to_its_length()
    {
        Alert clean = TestAlerts.Fill(AlertKind.Silence, new string('a', 2000)).Clean(TestAlerts.Redaction);

        Assert.Equal((64, 500, 500, 500), (clean.Id.Length, clean.Summary.Length, clean.Doing.Length, clean.Runbook.Length));
        Assert.Equal((3, 300), (clean.Samples.Count, clean.SupportContact!.Length));
    }
}
