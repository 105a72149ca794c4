using System.Text.Json.Serialization;

namespace Courier.Messages;

/// <summary>One delivery's call, retries in the process included, as the history and the dead letter show it.</summary>
/// <param name="At">When it began.</param>
/// <param name="Outcome">The kind of result: <c>server-error</c>, <c>rate-limited</c> …</param>
/// <param name="Status">The HTTP status, if there was an answer.</param>
public sealed record CallRecord(DateTimeOffset At, string Outcome, int? Status, long DurationMs)
{
    public const string RateLimited = "rate-limited";

    /// <summary>Its HTTP requests, where there was more than one, or one that got no answer.</summary>
    public IReadOnlyList<CallTry>? Tries { get; init; }

    /// <summary>Something was sent, and whether it was carried out is not known: no answer came, or one of a gateway or server that failed.</summary>
    [JsonIgnore]
    public bool MayHaveHappened => Tries is null
        ? Status >= 500 || (Status is null && Outcome.Length > 0)
        : Tries.Any(each => each.Status is null ? each.Sent != false : each.Status >= 500 || each is { Status: <= 299, Failure: not null });
}
