namespace Courier.Page.Acting;

/// <summary>Why the operator does it, for the audit log.</summary>
internal sealed record Reason(string? Why);
