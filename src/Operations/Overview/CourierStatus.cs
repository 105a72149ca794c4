using Courier.Orders;
using Courier.Pacing;

namespace Courier.Operations.Overview;

/// <summary>How Courier does: everything that is known without asking the API, or any instance.</summary>
public sealed record CourierStatus
{
    public required DateTimeOffset At { get; init; }

    public required QueueDepths Queues { get; init; }

    /// <summary>When the request was first seen that is next on the queue; null when none is visible: those that wait for their turn are hidden.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    public required QuotaStatus Quota { get; init; }

    public required QuotaWindow QuotaWindow { get; init; }

    /// <summary>Since when the API refuses the key; null when it does not, as far as is known.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    public PauseOrder? Pause { get; init; }

    /// <summary>How many orders to cancel a request stand.</summary>
    public int Cancellations { get; init; }

    /// <summary>Since when the API is out of order.</summary>
    public DateTimeOffset? OutageSince { get; init; }

    /// <summary>Since when calls are expected and none succeeds, once that was told.</summary>
    public DateTimeOffset? SilenceSince { get; init; }

    /// <summary>Since when the storage refuses something, once that was told.</summary>
    public DateTimeOffset? StorageBlockedSince { get; init; }

    /// <summary>When the backlog will be gone.</summary>
    public required DrainForecast Forecast { get; init; }

    public required DeadLetterTally DeadLetters { get; init; }

    public required IReadOnlyList<ScheduleStatus> Schedules { get; init; }

    public required IReadOnlyList<SeenInstance> Instances { get; init; }
}
