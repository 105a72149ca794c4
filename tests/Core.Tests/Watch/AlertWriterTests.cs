using Courier.Alerts;
using Courier.Health;
using Courier.Origin;
using Courier.Routing;
using Courier.StatusPages;
using Courier.Tests.Alerts;
using Courier.Tests.Health;
using Courier.Watch;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Watch;

public sealed class AlertWriterTests
{
    private static readonly DateTimeOffset s_now = TestWindows.Now;

    private static readonly DateTimeOffset s_since = s_now.AddMinutes(-3);

    public static TheoryData<AlertKind> Kinds => [.. Enum.GetValues<AlertKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Same_event_has_the_same_id_and_texts_of_its_own(AlertKind kind)
    {
        Alert alert = Write(kind);

        Assert.Equal(alert.Id, Write(kind).Id);
        Assert.StartsWith(kind.Text() + "-2026010", alert.Id, StringComparison.Ordinal);
        Assert.EndsWith(".", alert.Summary, StringComparison.Ordinal);
        Assert.EndsWith(".", alert.Doing, StringComparison.Ordinal);
        Assert.Equal($"docs/runbook.md#{kind.Text()}", alert.Runbook);
        Assert.Equal((s_now, s_since, "support@api.test"), (alert.At, alert.Since, alert.SupportContact));
    }

    [Fact]
    public void Beginning_reminders_and_end_are_one_incident_with_different_ids()
    {
        HealthFacts later = Facts() with { Now = s_now.AddHours(1) };
        Alert[] alerts =
        [
            Write(AlertKind.ApiOutage), Write(AlertKind.ApiOutageContinues), CreateWriter().Write(AlertKind.ApiOutageContinues, s_since, later, null),
            CreateWriter().Write(AlertKind.ApiRecovered, s_since, later, null),
        ];

        Assert.Distinct(alerts.Select(alert => alert.Id));
        Assert.Single(alerts.Select(alert => alert.Incident).Distinct());
        Assert.Equal(Write(AlertKind.CredentialRejected).Incident, Write(AlertKind.CredentialRestored).Incident);
    }

    [Fact]
    public void Statistics_are_of_the_window_and_dead_letters_of_the_hour()
    {
        AlertStatistics counted = Write(AlertKind.ApiOutage).Statistics;

        Assert.Equal((s_now.AddMinutes(-5), s_now, 10L, 8L, 0.8), (counted.From, counted.To, counted.Calls, counted.Failures, counted.Ratio));
        Assert.Equal((7L, 42L), (counted.DeadLetters, counted.Waiting));
        Assert.Equal((s_now.AddHours(-1), 110L), (Write(AlertKind.DeadLettersRising).Statistics.From, Write(AlertKind.DeadLettersRising).Statistics.Calls));
    }

    [Theory]
    [InlineData(AlertKind.ApiOutage, "new-failure")]
    [InlineData(AlertKind.ApiRecovered, "new-failure")]
    [InlineData(AlertKind.CredentialRejected, "refused")]
    [InlineData(AlertKind.DeadLettersRising, "refused", "given-up", "old-letter")]
    [InlineData(AlertKind.Silence)]
    [InlineData(AlertKind.StorageBlocked)]
    public void Samples_are_of_what_it_is_about(AlertKind kind, params string[] ids) => Assert.Equal(ids, Write(kind).Samples.Select(sample => sample.Id));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Status_page_is_quoted_where_it_has_to_do_with_it(AlertKind kind) =>
        Assert.Equal(kind is AlertKind.ApiOutage or AlertKind.ApiOutageContinues or AlertKind.ApiRecovered, Write(kind).VendorStatus is not null);

    private static Alert Write(AlertKind kind) =>
        CreateWriter().Write(kind, s_since, Facts(), new VendorStatus { Indicator = "major", Description = "d", Incidents = [], Page = "https://status.test" });

    private static HealthFacts Facts() => new(s_now, s_now, CreateWindow(), null, null, 42, null);

    private static HealthWindow CreateWindow() => new(
        [new HealthBucket(s_now.AddMinutes(-70), 5, 5, 5), new HealthBucket(s_now.AddMinutes(-30), 100, 1, 4), new HealthBucket(s_now.AddMinutes(-4), 10, 8, 3)],
        [Sample("new-failure", -1, null), Sample("old-failure", -9, null)],
        [Sample("refused", -1, "unauthorized"), Sample("given-up", -2, "attempts-exhausted"), Sample("old-letter", -40, "unauthorized")],
        null);

    private static CallSample Sample(string id, int minutes, string? reason) => TestAlerts.CreateSample(id) with { At = s_now.AddMinutes(minutes), Reason = reason };

    private static AlertWriter CreateWriter() => new(
        Options.Create(new AlertOptions()), Options.Create(new OutageOptions()), Options.Create(new RoutingOptions()), Options.Create(new ApiOptions { SupportContact = "support@api.test" }));
}
