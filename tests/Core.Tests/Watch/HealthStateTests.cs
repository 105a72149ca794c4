using System.Text.Json;
using Courier.Health;
using Courier.Outages;
using Courier.Sinks;
using Courier.Tests.Alerts;
using Courier.Watch;

namespace Courier.Tests.Watch;

/// <summary>What instances share, in its stored form.</summary>
public sealed class HealthStateTests
{
    [Fact]
    public void State_and_reports_come_back_as_they_were_written()
    {
        AlertState state = new()
        {
            WatchingSince = TestAlerts.Now,
            ReadAt = TestAlerts.Now,
            Outage = new OutageState(TestAlerts.Now, TestAlerts.Now, TestAlerts.Now, TestAlerts.Now, true, true),
            CredentialSince = TestAlerts.Now,
            DeadLettersToldAt = TestAlerts.Now,
            LastSuccessAt = TestAlerts.Now,
            WaitingSince = TestAlerts.Now,
            DueSince = TestAlerts.Now,
            SilenceSince = TestAlerts.Now,
            Pending = [new PendingAlert(TestAlerts.Create(), ["queue", "log"], 3, TestAlerts.Now, TestAlerts.Now)],
        };
        HealthReport report = new("i", TestAlerts.Now, [new HealthBucket(TestAlerts.Now, 3, 2, 1)], [TestAlerts.CreateSample("r1")], [TestAlerts.CreateSample("r2")], TestAlerts.Now);

        Assert.Equal(Text(state), Text(JsonSerializer.Deserialize(Text(state), WatchJson.Format.AlertState)!));
        Assert.Equal(Text(report), Text(JsonSerializer.Deserialize(Text(report), HealthJson.Format.HealthReport)!));
        Assert.Equal(state.Outage, JsonSerializer.Deserialize(Text(state), WatchJson.Format.AlertState)!.Outage);
        Assert.Equal(report.Buckets, JsonSerializer.Deserialize(Text(report), HealthJson.Format.HealthReport)!.Buckets);
    }

    [Fact]
    public void State_of_an_earlier_version_is_read()
    {
        AlertState state = JsonSerializer.Deserialize("""{"watchingSince":"2026-01-01T00:00:00+00:00"}""", WatchJson.Format.AlertState)!;

        Assert.Equal((OutageState.None, 0), (state.Outage, state.Pending.Count));
    }

    private static string Text(AlertState state) => JsonSerializer.Serialize(state, WatchJson.Format.AlertState);

    private static string Text(HealthReport report) => JsonSerializer.Serialize(report, HealthJson.Format.HealthReport);
}
