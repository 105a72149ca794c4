using Courier.Alerts;
using Courier.Contracts;
using Courier.Health;
using Courier.Origin;
using Courier.Sinks;
using Courier.StatusPages;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Alerts;

/// <summary>Alerts to send, ordinary ones and others.</summary>
internal static class TestAlerts
{
    public const string RoutingKey = "0123456789abcdefghijABCDEFGHIJ99";

    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static KeyRedaction Redaction { get; } = new(Options.Create(new ApiOptions { Key = TestCourier.Key }));

    /// <summary>Each format by the name of its schema.</summary>
    public static IReadOnlyDictionary<string, Func<Alert, ReadOnlyMemory<byte>>> Formats { get; } = new Dictionary<string, Func<Alert, ReadOnlyMemory<byte>>>
    {
        ["generic"] = GenericFormat.Write,
        ["slack"] = SlackFormat.Write,
        ["teams"] = TeamsFormat.Write,
        ["pagerduty"] = alert => PagerDutyFormat.Write(alert, RoutingKey),
    };

    public static Alert Create(AlertKind kind = AlertKind.ApiOutage, string id = "alert-1", DateTimeOffset? at = null) => new()
    {
        Id = id,
        Kind = kind,
        At = at ?? Now,
        Since = Now.AddMinutes(-7),
        Summary = "38 of 40 calls failed within five minutes, most with 503.",
        Doing = "Requests wait on the queue and go on by themselves. The API is probed once a minute.",
        Statistics = new AlertStatistics { From = Now.AddMinutes(-5), To = Now, Calls = 40, Failures = 38, DeadLetters = 2, Waiting = 118 },
        Samples = [CreateSample("r1"), CreateSample("r2") with { Status = null, Outcome = "unreachable", RequestIdHeader = null }],
        VendorStatus = new VendorStatus
        {
            Indicator = "major",
            Description = "Partial System Outage",
            Incidents = [CreateIncident("API errors")],
            Page = "https://status.api.test",
        },
        SupportContact = "support@api.test",
        Runbook = "https://wiki.test/runbook#api-outage",
    };

    /// <summary>The same text wherever an alert has one, and more samples and incidents than are sent.</summary>
    public static Alert Fill(AlertKind kind, string text) => Create(kind) with
    {
        Id = text,
        Summary = text,
        Doing = text,
        Samples =
        [
            .. Enumerable.Repeat(new CallSample { At = Now, Id = text, Method = text, Path = text, Status = 503, Outcome = text, RequestIdHeader = text, Reason = text }, 9),
        ],
        VendorStatus = new VendorStatus
        {
            Indicator = text,
            Description = text,
            Incidents = [.. Enumerable.Repeat(new VendorIncident { Name = text, Status = text, Impact = text, Url = text, Since = Now }, 9), CreateIncident(text)],
            Page = text,
        },
        SupportContact = text,
        Runbook = text,
    };

    public static CallSample CreateSample(string id) => new()
    {
        At = Now.AddMinutes(-1),
        Id = id,
        Method = "GET",
        Path = "/companies/example.com",
        Status = 503,
        Outcome = "server-error",
        RequestIdHeader = "0HNQ8KABS021E",
    };

    private static VendorIncident CreateIncident(string name) => new()
    {
        Name = name,
        Status = "investigating",
        Impact = "major",
        Url = "https://stspg.io/abc",
        Since = Now.AddMinutes(-3),
    };
}
