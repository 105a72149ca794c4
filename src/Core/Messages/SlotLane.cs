namespace Courier.Messages;

/// <summary>Who draws on the quota, and how.</summary>
public enum SlotLane
{
    /// <summary>One after the other.</summary>
    Normal,

    /// <summary>Requests of high priority, on the share that is kept for them.</summary>
    High,
}
