namespace Courier.Messages;

/// <summary>A request's place in the quota: the moment at which pacing lets it call.</summary>
/// <param name="At">On the ledger's clock in the normal lane, on the wall clock in the others.</param>
/// <param name="Ledger">The ledger that gave it; null: not known, any will do.</param>
public sealed record Slot(DateTimeOffset At, string? Ledger, SlotLane Lane = SlotLane.Normal);
