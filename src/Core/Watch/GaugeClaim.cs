namespace Courier.Watch;

/// <summary>Which instance reports the gauges that concern all.</summary>
/// <param name="At">When it was renewed last.</param>
public sealed record GaugeClaim(string Instance, DateTimeOffset At)
{
    public const string Blob = "gauges.json";
}
