using System.Text.Json;
using Courier.Writing;

namespace Courier.StatusPages;

/// <summary>Reads the public summary of an Atlassian Statuspage: <c>GET /api/v2/summary.json</c>. https://metastatuspage.com/api</summary>
internal static class StatusSummary
{
    /// <param name="page">The page's address, from the settings.</param>
    /// <exception cref="JsonException">It is no such summary.</exception>
    public static VendorStatus Read(ReadOnlyMemory<byte> json, string page)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (Field(document.RootElement, "status") is not { } status || Text(status, "indicator") is not { } indicator)
            throw new JsonException("It holds no status.indicator.");
        VendorStatus found = new()
        {
            Indicator = indicator,
            Description = Text(status, "description") ?? indicator,
            Incidents = [.. Incidents(document.RootElement)],
            Page = page,
        };
        return found.Fit(BoundedText.Of);
    }

    private static IEnumerable<VendorIncident> Incidents(JsonElement summary) => Field(summary, "incidents") is { ValueKind: JsonValueKind.Array } incidents
        ? incidents.EnumerateArray().Select(Incident).Where(incident => incident.Status is not ("resolved" or "postmortem"))
        : [];

    private static VendorIncident Incident(JsonElement incident) => new()
    {
        Name = Text(incident, "name") ?? "(without a name)",
        Status = Text(incident, "status") ?? "unknown",
        Impact = Text(incident, "impact") ?? "unknown",
        Url = Text(incident, "shortlink"),
        Since = Moment(incident, "started_at") ?? Moment(incident, "created_at"),
    };

    private static DateTimeOffset? Moment(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out DateTimeOffset at) ? at : null;

    private static string? Text(JsonElement element, string name) => Field(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;
}
