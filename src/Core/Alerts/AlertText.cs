using System.Diagnostics;
using System.Globalization;
using Courier.Health;
using Courier.StatusPages;

namespace Courier.Alerts;

/// <summary>An alert in words, for people.</summary>
public static class AlertText
{
    public static string Title(Alert alert) => alert.Kind switch
    {
        AlertKind.ApiOutage => "The API is failing",
        AlertKind.ApiOutageContinues => "The API is still failing",
        AlertKind.ApiRecovered => "The API works again",
        AlertKind.CredentialRejected => "The API refuses the key",
        AlertKind.CredentialRestored => "The API accepts the key again",
        AlertKind.DeadLettersRising => "Many requests are given up",
        AlertKind.Silence => "No call succeeds though some are expected",
        AlertKind.StorageBlocked => "The storage refuses what Courier needs",
        _ => throw new UnreachableException(),
    };

    /// <summary>What to do first; the runbook says the rest.</summary>
    public static string Advice(Alert alert) => alert.Kind switch
    {
        AlertKind.ApiOutage or AlertKind.ApiOutageContinues =>
            "Look at the vendor's status page. If it says nothing, check this side's network, then give the vendor's support the request ids of the examples.",
        AlertKind.CredentialRejected => "Find out whether the key was revoked or its user disabled, and set a valid one in Api:Key.",
        AlertKind.DeadLettersRising => "Read the dead letters on the queue: each says its cause and its remedies.",
        AlertKind.StorageBlocked => "Do what the summary says of the blob or queue that it names; it does not mend itself.",
        AlertKind.Silence => "Look in the log for request.settled: it says how calls end. If there is none, check that the queue trigger is enabled and reaches its storage.",
        AlertKind.ApiRecovered => "Nothing, but for the dead letters of the meantime.",
        AlertKind.CredentialRestored => "Nothing, but for the requests that were dead-lettered as unauthorized, and for those that have expired.",
        _ => throw new UnreachableException(),
    };

    /// <summary>The numbers, each with its name.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Facts(Alert alert)
    {
        AlertStatistics counted = alert.Statistics;
        List<KeyValuePair<string, string>> facts =
        [
            new("Since", Moment(alert.Since)),
            new("Counted", $"{Moment(counted.From)} to {Moment(counted.To)}"),
            new("Calls failed", string.Create(CultureInfo.InvariantCulture, $"{counted.Failures} of {counted.Calls} ({counted.Ratio:P0})")),
        ];
        if (counted.DeadLetters is { } deadLetters)
            facts.Add(new("Dead letters", deadLetters.ToString(CultureInfo.InvariantCulture)));
        if (counted.Waiting is { } waiting)
            facts.Add(new("Requests waiting", waiting.ToString(CultureInfo.InvariantCulture)));
        return facts;
    }

    public static string Line(CallSample sample)
    {
        string?[] parts =
            [Moment(sample.At), sample.Id, sample.Method, sample.Path, "→", sample.Status?.ToString(CultureInfo.InvariantCulture), sample.Outcome, sample.Reason];
        string line = string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
        return sample.RequestIdHeader is null ? line : $"{line} (x-request-id {sample.RequestIdHeader})";
    }

    public static string Line(VendorIncident incident) =>
        $"{incident.Name} ({incident.Status}, impact {incident.Impact}{(incident.Since is { } since ? $", since {Moment(since)}" : "")})";

    /// <summary>All but title and summary, a line each.</summary>
    public static string Details(Alert alert) => string.Join('\n', Lines(alert));

    private static IEnumerable<string> Lines(Alert alert)
    {
        foreach ((string name, string value) in Facts(alert))
            yield return $"{name}: {value}";
        yield return $"What Courier does: {alert.Doing}";
        yield return $"What to do: {Advice(alert)}";
        yield return $"Runbook: {alert.Runbook}";
        foreach (CallSample sample in alert.Samples)
            yield return $"Example: {Line(sample)}";
        if (alert.VendorStatus is { } status)
        {
            yield return $"Status page: {status.Description}, {status.Page}";
            foreach (VendorIncident incident in status.Incidents)
                yield return $"Incident: {Line(incident)} {incident.Url}".TrimEnd();
        }

        if (alert.SupportContact is { } contact)
            yield return $"Support: {contact}";
    }

    private static string Moment(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);
}
