using System.Diagnostics;
using System.Globalization;
using Courier.Alerts;
using Courier.Health;
using Courier.Origin;
using Courier.Routing;
using Courier.StatusPages;
using Microsoft.Extensions.Options;

namespace Courier.Watch;

/// <summary>Puts an alert into words and numbers.</summary>
public sealed class AlertWriter(IOptions<AlertOptions> alerts, IOptions<OutageOptions> outage, IOptions<RoutingOptions> routing, IOptions<ApiOptions> api)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Whether the vendor's status page has to do with it.</summary>
    public static bool ConcernsVendor(AlertKind kind) => kind.Opening() == AlertKind.ApiOutage;

    public Alert Write(AlertKind kind, DateTimeOffset since, HealthFacts facts, VendorStatus? vendor)
    {
        bool isAboutDeadLetters = kind == AlertKind.DeadLettersRising;
        DateTimeOffset from = facts.Now - (isAboutDeadLetters ? s_hour : outage.Value.Window);
        HealthBucket counted = facts.Window.Since(from);
        return new Alert
        {
            Id = Id(kind, since, facts.Now),
            Kind = kind,
            At = facts.Now,
            Since = since,
            Summary = Summary(kind, since, facts),
            Doing = Doing(kind),
            Statistics = new AlertStatistics
            {
                From = from,
                To = facts.Now,
                Calls = counted.Calls,
                Failures = counted.Failures,
                DeadLetters = facts.Window.Since(facts.Now - s_hour).DeadLetters,
                Waiting = facts.Waiting,
            },
            Samples = isAboutDeadLetters ? facts.Window.DeadLetters : [.. Failed(kind, facts).Where(sample => sample.At >= since - HealthBucket.Width)],
            VendorStatus = ConcernsVendor(kind) ? vendor : null,
            SupportContact = api.Value.SupportContact,
            Runbook = alerts.Value.Runbook(kind),
        };
    }

    private static IReadOnlyList<CallSample> Failed(AlertKind kind, HealthFacts facts) => kind.Opening() switch
    {
        AlertKind.ApiOutage => facts.Window.FailedCalls,
        AlertKind.CredentialRejected => [.. facts.Window.DeadLetters.Where(sample => sample.Reason == DeadLetterReason.Unauthorized.Text())],
        _ => [],
    };

    /// <summary>The same for the same event; a reminder is an event of its own.</summary>
    private static string Id(AlertKind kind, DateTimeOffset since, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{kind.Text()}-{(kind == AlertKind.ApiOutageContinues ? now : since).UtcDateTime:yyyyMMddTHHmmssfff}Z");

    private string Summary(AlertKind kind, DateTimeOffset since, HealthFacts facts)
    {
        string began = Moment(since);
        return kind switch
        {
            AlertKind.ApiOutage => $"Calls to {Host} fail since {began}: server errors, or no answer at all.",
            AlertKind.ApiOutageContinues => $"Calls to {Host} still fail, since {began}, for {Length(facts.Now - since)} now.",
            AlertKind.ApiRecovered => $"{Host} answers again. The outage began at {began} and took {Length(facts.Now - since)}.",
            AlertKind.CredentialRejected => $"{Host} answered 401 to a request, and to a check of the key itself, at {began}.",
            AlertKind.CredentialRestored => $"{Host} accepts the key again, or another one is set. It was refused from {began}, for {Length(facts.Now - since)}.",
            AlertKind.DeadLettersRising => $"{facts.Window.Since(facts.Now - s_hour).DeadLetters} requests became dead letters within the last hour.",
            AlertKind.StorageBlocked => $"Since {began} the storage refuses what Courier needs. {facts.Window.Blocked?.What}".TrimEnd(),
            AlertKind.Silence => $"Since {began} calls were expected ({facts.Waiting} messages are on the request queue), and none has succeeded.",
            _ => throw new UnreachableException(),
        };
    }

    private string Doing(AlertKind kind) => kind switch
    {
        AlertKind.ApiOutage or AlertKind.ApiOutageContinues =>
            $"Requests are tried again with growing pauses, {routing.Value.MaxAttempts} times each before they become dead letters; the API is probed once a minute. Its recovery is told.",
        AlertKind.ApiRecovered => "Waiting requests go on by themselves, within the quota.",
        AlertKind.CredentialRejected => "Nothing is called with this key but one probe a minute. Requests wait without using attempts, and go on by themselves with a valid key.",
        AlertKind.CredentialRestored => "Waiting requests go on by themselves, within the quota. Requests that met the 401 themselves are dead letters of these dates.",
        AlertKind.DeadLettersRising => "Each dead letter keeps its request, its cause and its remedies; nothing is repeated by itself.",
        AlertKind.StorageBlocked => "Requests that need it wait and use no attempts; those that were called already are kept as dead letters with their answers. It is told once, until it has not been met for a quarter of an hour.",
        AlertKind.Silence => "Courier goes on trying, and looks every minute. This is told once, until a call succeeds.",
        _ => throw new UnreachableException(),
    };

    private string Host => api.Value.BaseUrl!.Host;

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan time) => time.TotalMinutes < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(time.TotalMinutes))} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");
}
