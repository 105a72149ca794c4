using Courier.Health;

namespace Courier.Watch;

/// <summary>Everything that alerts are decided by.</summary>
/// <param name="ReadAt">When reading them began: facts that were read earlier than those that were decided by are none any more.</param>
/// <param name="Probe">Whether the API answered a probe; null when it was not asked.</param>
/// <param name="HeldSince">Since when the key is on hold.</param>
/// <param name="Waiting">Messages on the request queue.</param>
/// <param name="LastDue">When a schedule was due last.</param>
public sealed record HealthFacts(DateTimeOffset ReadAt, DateTimeOffset Now, HealthWindow Window, bool? Probe, DateTimeOffset? HeldSince, int Waiting, DateTimeOffset? LastDue)
{
    /// <summary>Since when an operator has everything wait.</summary>
    public DateTimeOffset? PausedSince { get; init; }
}
