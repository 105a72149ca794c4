namespace Courier.Messages;

/// <summary>One delivery's call, retries in the process included, as the history and the dead letter show it.</summary>
/// <param name="At">When it began.</param>
/// <param name="Outcome">The kind of result: <c>server-error</c>, <c>rate-limited</c> …</param>
/// <param name="Status">The HTTP status, if there was an answer.</param>
public sealed record CallRecord(DateTimeOffset At, string Outcome, int? Status, long DurationMs)
{
    public const string RateLimited = "rate-limited";
}
