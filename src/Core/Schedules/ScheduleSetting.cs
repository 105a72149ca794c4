using System.Text;
using Courier.Settings;
using Courier.Storage;

namespace Courier.Schedules;

/// <summary>One request and when it is due, as set.</summary>
public sealed class ScheduleSetting : NumberedEntry
{
    /// <summary>Begins the id of each run; by it the last run is known, whatever else is changed.</summary>
    public string Name { get; set; } = "";

    /// <summary>Six fields: second minute hour day month weekday.</summary>
    public string Cron { get; set; } = "";

    /// <summary>On whose clocks: a name of the IANA database that the machine knows, like <c>Europe/Vienna</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>JSON text of a request message, without <c>id</c> and <c>delivery</c>.</summary>
    public string Request { get; set; } = "";

    /// <summary>Null when the machine knows no such time zone, or by another name only: Windows' own names mean nothing where the app is deployed.</summary>
    internal TimeZoneInfo? Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out TimeZoneInfo? zone) && zone.HasIanaId ? zone : null;

    /// <summary>The request as if it had come from the queue.</summary>
    internal QueuedMessage Message => new("", Encoding.UTF8.GetBytes(Request), DateTimeOffset.UnixEpoch, 1);
}
