namespace Courier.Schedules;

/// <summary>Settings <c>Schedules:n:*</c>: the requests that are called by the clock.</summary>
public sealed class ScheduleOptions
{
    /// <summary>The root of all settings: the section <c>Schedules</c> is itself the list.</summary>
    public const string Section = "";

    public IReadOnlyList<ScheduleSetting> Schedules { get; set; } = [];
}
