namespace Courier.Routing;

/// <summary>Settings <c>Routing:*</c>: how long a request that fails is tried again through the queue.</summary>
public sealed class RoutingOptions
{
    public const string Section = "Routing";

    /// <summary>Deliveries that may fail before the request is dead-lettered; waiting for quota, a key or the circuit is none.</summary>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>How long after its first call a request may still go without success.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(3);

    /// <summary>429s in a row, none of them the quota's, before the request is dead-lettered.</summary>
    public int MaxRefusals { get; set; } = 20;

    /// <summary>The wait after the first failed delivery; it doubles from one to the next, with jitter.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest of these waits. A Retry-After may be longer.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromHours(1);
}
