namespace Courier.Resilience;

/// <summary>One HTTP request that went out, or was to: how it ended.</summary>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Failure">The sentence that says why none, or why it could not be read; else null.</param>
/// <param name="Fate">Of a request without an answer.</param>
internal readonly record struct Attempt(int? Status, string? Failure, RequestFate Fate);
