namespace Courier.Page.Acting;

/// <summary>Begin the redrive that was planned.</summary>
/// <param name="AllAtOnce">Without a canary.</param>
internal sealed record RedriveOrder(string Plan, bool AllAtOnce, string? Why);
