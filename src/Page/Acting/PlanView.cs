namespace Courier.Page.Acting;

/// <summary>What a redrive would do, before anybody says yes.</summary>
/// <param name="Plan">Names the set as it was counted; <see cref="RedriveOrder"/> begins with this very one.</param>
/// <param name="ClearsAt">When all of them, and what waits already, would have been called.</param>
internal sealed record PlanView(string Plan, int Count, string What, DateTimeOffset? ClearsAt, int Waiting);
