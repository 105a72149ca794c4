namespace Courier.StatusPages;

/// <summary>An incident on the vendor's status page.</summary>
public sealed record VendorIncident
{
    public required string Name { get; init; }

    /// <summary><c>investigating</c>, <c>identified</c>, <c>monitoring</c> …</summary>
    public required string Status { get; init; }

    /// <summary><c>none</c>, <c>minor</c>, <c>major</c>, <c>critical</c>.</summary>
    public required string Impact { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? Since { get; init; }

    internal VendorIncident Fit(Func<string, int, string> text) => this with
    {
        Name = text(Name, 200),
        Status = text(Status, 30),
        Impact = text(Impact, 20),
        Url = WebLink.Fit(Url, text),
    };
}
