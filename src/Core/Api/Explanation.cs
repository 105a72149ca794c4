namespace Courier.Api;

/// <summary>What an operator reads: what happened, why, and what to do, in that order.</summary>
public sealed record Explanation(string Title, string Cause, IReadOnlyList<string> Remedies);
