namespace Courier.Messages;

/// <summary>One HTTP request of a call.</summary>
/// <param name="Status">The HTTP status, if there was an answer.</param>
/// <param name="Failure">Why there was none, or why it could not be read whole.</param>
/// <param name="Sent">False when nothing of the request can have reached the API; else absent.</param>
public sealed record CallTry(int? Status, string? Failure = null, bool? Sent = null);
