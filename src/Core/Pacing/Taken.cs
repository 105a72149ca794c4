using Courier.Messages;

namespace Courier.Pacing;

/// <summary>Slots that were given out: the state after, and where they lie.</summary>
public readonly record struct Taken(LedgerState State, DateTimeOffset First, TimeSpan Interval, SlotLane Lane)
{
    public Slot this[int index] => new(First + (Interval * index), State.Ledger, Lane);
}
