using Courier.Messages;

namespace Courier.Quota;

/// <summary>A slot, and when its turn is as things are.</summary>
public readonly record struct Place(Slot Slot, DateTimeOffset Turn);
