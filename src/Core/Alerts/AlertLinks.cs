using Courier.StatusPages;

namespace Courier.Alerts;

/// <summary>Where to look: what of an alert may be clicked.</summary>
internal static class AlertLinks
{
    public static IEnumerable<(string Text, string Url)> Of(Alert alert)
    {
        foreach ((string text, string? candidate) in Candidates(alert))
        {
            if (WebLink.Of(candidate) is { } url)
                yield return (text, url);
        }
    }

    private static IEnumerable<(string Text, string? Url)> Candidates(Alert alert)
    {
        yield return ("Runbook", alert.Runbook);
        yield return ("Status page", alert.VendorStatus?.Page);
        foreach ((int index, VendorIncident incident) in alert.VendorStatus?.Incidents.Index() ?? [])
            yield return ($"Incident {index + 1}", incident.Url);
    }
}
