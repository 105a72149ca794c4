using System.Text.Json;
using Courier.ApiSimulator.Http;

namespace Courier.ApiSimulator.Control;

/// <summary>What the status page says at present.</summary>
internal sealed record Announcement(string Indicator, string Description, string ComponentStatus, string? Incident, DateTimeOffset At)
{
    public static Announcement AllWell(DateTimeOffset at) => Of("none", at);

    /// <exception cref="FormatException">The indicator is missing or unknown, or a field is no string.</exception>
    public static Announcement Read(JsonElement body, DateTimeOffset at)
    {
        Announcement plain = Of(Json.Text(body, "indicator"), at);
        return plain with { Description = Json.Text(body, "description") ?? plain.Description, Incident = Json.Text(body, "incident") };
    }

    private static Announcement Of(string? indicator, DateTimeOffset at) => indicator switch
    {
        "none" => new(indicator, "All Systems Operational", "operational", null, at),
        "minor" => new(indicator, "Minor Service Outage", "degraded_performance", null, at),
        "major" => new(indicator, "Partial System Outage", "partial_outage", null, at),
        "critical" => new(indicator, "Major Service Outage", "major_outage", null, at),
        _ => throw new FormatException($"\"indicator\" is \"{indicator}\"; it must be none, minor, major or critical."),
    };
}
