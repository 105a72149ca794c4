namespace Courier.Orders;

/// <summary>A request that is not to be called any more.</summary>
/// <param name="At">A request that was posted, or sent back, later under the same id is another one.</param>
/// <param name="By">Who ordered it, as that person's machine says.</param>
public sealed record CancelOrder(string Id, DateTimeOffset At, string By, string? Why);
