namespace Courier.ApiSimulator;

/// <summary>
/// A planned misbehaviour. Of the faults that match a request the one added first applies;
/// its status, body or drop comes even before the key is checked.
/// </summary>
public sealed record Fault
{
    /// <summary>
    /// <c>"PUT /portfolios/*"</c>, or <c>"/portfolios/*"</c> for any method; tried on the path as sent, with its query and without.
    /// </summary>
    public required string Match { get; init; }

    /// <summary>Answer this status (200 to 599) instead.</summary>
    public int? Status { get; init; }

    /// <summary>How many requests it applies to; null: until cleared.</summary>
    public int? Times { get; init; }

    /// <summary>The Retry-After header, as is.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Wait this long, then answer or drop; in JSON a number of seconds. A call whose client leaves meanwhile has no effect.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Abort the connection once the request was read.</summary>
    public bool Drop { get; init; }

    /// <summary>Answer this text instead of the standard error body; without a status, with 200.</summary>
    public string? Body { get; init; }

    /// <summary>Put on the answer, over its own.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
