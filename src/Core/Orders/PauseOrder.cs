namespace Courier.Orders;

/// <summary>Nothing is called until somebody takes this back.</summary>
/// <param name="By">Who ordered it, as that person's machine says.</param>
public sealed record PauseOrder(DateTimeOffset Since, string By, string? Why);
