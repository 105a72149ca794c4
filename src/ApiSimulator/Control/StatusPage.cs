using System.Text.Json;

namespace Courier.ApiSimulator.Control;

/// <summary>Atlassian Statuspage's public summary with one component and at most one incident. https://metastatuspage.com/api</summary>
internal sealed class StatusPage(TimeProvider time)
{
    private volatile Announcement _current = Announcement.AllWell(time.GetUtcNow());

    public void Set(JsonElement body) => _current = Announcement.Read(body, time.GetUtcNow());

    public void Clear() => _current = Announcement.AllWell(time.GetUtcNow());

    public object Summary(string origin)
    {
        Announcement now = _current;
        return new
        {
            page = new { id = "simulated", name = "Simulated API", url = origin, time_zone = "Etc/UTC", updated_at = now.At },
            components = new object[] { Component(now) },
            incidents = now.Incident is null ? [] : new object[] { Incident(now, origin) },
            scheduled_maintenances = Array.Empty<object>(),
            status = new { indicator = now.Indicator, description = now.Description },
        };
    }

    private static object Component(Announcement now) => new
    {
        id = "api",
        name = "API",
        status = now.ComponentStatus,
        created_at = now.At,
        updated_at = now.At,
        position = 1,
        description = (string?)null,
        showcase = true,
        group_id = (string?)null,
        page_id = "simulated",
        group = false,
        only_show_if_degraded = false,
    };

    private static object Incident(Announcement now, string origin) => new
    {
        id = "incident-1",
        name = now.Incident,
        status = "investigating",
        created_at = now.At,
        updated_at = now.At,
        monitoring_at = (DateTimeOffset?)null,
        resolved_at = (DateTimeOffset?)null,
        impact = now.Indicator,
        shortlink = $"{origin}/incidents/incident-1",
        page_id = "simulated",
        incident_updates = new object[]
        {
            new
            {
                id = "update-1",
                status = "investigating",
                body = now.Incident,
                incident_id = "incident-1",
                created_at = now.At,
                updated_at = now.At,
                display_at = now.At,
            },
        },
    };
}
