namespace Courier.StatusPages;

/// <summary>What the vendor's status page says. Its texts come from outside.</summary>
public sealed record VendorStatus
{
    private const int MostIncidents = 5;

    /// <summary><c>none</c>, <c>minor</c>, <c>major</c> or <c>critical</c>.</summary>
    public required string Indicator { get; init; }

    public required string Description { get; init; }

    /// <summary>Those that are not over.</summary>
    public required IReadOnlyList<VendorIncident> Incidents { get; init; }

    /// <summary>The page's address.</summary>
    public required string Page { get; init; }

    internal VendorStatus Fit(Func<string, int, string> text) => this with
    {
        Indicator = text(Indicator, 20),
        Description = text(Description, 200),
        Incidents = [.. Incidents.Take(MostIncidents).Select(incident => incident.Fit(text))],
        Page = text(Page, WebLink.Longest + 1),
    };
}
