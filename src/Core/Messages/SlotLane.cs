namespace Courier.Messages;

/// <summary>Where a request waits for its turn.</summary>
public enum SlotLane
{
    /// <summary>In the line: one after the other. Whatever is called ahead of it moves the whole line.</summary>
    Line,

    /// <summary>Ahead of the line, at a moment that is fixed: high priority, and whoever was refused or came too late for its turn.</summary>
    Ahead,
}
