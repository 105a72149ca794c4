namespace Courier.Health;

/// <summary>Settings <c>Outage:*</c>: when failing calls are an outage of the API. Every HTTP attempt counts, of all instances.</summary>
public sealed class OutageOptions
{
    public const string Section = "Outage";

    /// <summary>The time that an alert's numbers are about; and how long all must be calm to end an outage that soon followed another.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewer calls are never an outage.</summary>
    public int MinimumCalls { get; set; } = 5;

    /// <summary>The share of calls that fail in an outage, at least.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>How long they must have failed.</summary>
    public TimeSpan SustainedFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an alert is repeated while an outage goes on.</summary>
    public TimeSpan Reminder { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far back calls are looked for: where there are few, it takes longer to see enough of them fail.</summary>
    public TimeSpan Lookback => Window * 2 > TimeSpan.FromHours(1) ? Window * 2 : TimeSpan.FromHours(1);
}
