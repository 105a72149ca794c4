namespace Courier.Messages;

/// <summary>A request's place in the quota. When its turn is, the ledger says.</summary>
/// <param name="Number">In the line: how many were given out before it. Ahead of the line: the moment itself, in ticks of 100 ns since 1970.</param>
/// <param name="Seal">Proves that Courier wrote it, for this request; null on one that never left the process.</param>
public sealed record Slot(SlotLane Lane, long Number, string? Seal = null)
{
    /// <summary>Of a slot ahead of the line.</summary>
    public DateTimeOffset At => DateTimeOffset.UnixEpoch.AddTicks(Number);

    public static Slot Ahead(DateTimeOffset at) => new(SlotLane.Ahead, (at - DateTimeOffset.UnixEpoch).Ticks);
}
