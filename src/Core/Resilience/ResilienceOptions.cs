namespace Courier.Resilience;

/// <summary>Settings <c>Resilience:*</c>: what happens within one call, in this process. What outlasts it is the queue's business (<see cref="Routing.RoutingOptions"/>).</summary>
public sealed class ResilienceOptions
{
    public const string Section = "Resilience";

    /// <summary>The longest a single HTTP attempt may take, its body included.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest all attempts of one call may take together, pauses included.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Attempts after the first.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>The pause before the first retry; it doubles from one to the next, with jitter, up to 10 seconds.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an open circuit refuses calls before it lets one through.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The share of failed attempts that opens the circuit.</summary>
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>Fewer attempts than this in a sampling period never open the circuit. A paced client makes about 80 a minute.</summary>
    public int BreakerMinimumThroughput { get; set; } = 10;

    /// <summary>The sampling period; never taken below twice <see cref="AttemptTimeout"/>.</summary>
    public TimeSpan BreakerSamplingDuration { get; set; } = TimeSpan.FromMinutes(1);
}
