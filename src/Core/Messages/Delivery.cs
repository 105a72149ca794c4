namespace Courier.Messages;

/// <summary>What a request has been through so far; Courier writes it on each re-enqueued copy.</summary>
public sealed record Delivery
{
    /// <summary>So many calls are remembered; older ones are forgotten first.</summary>
    public const int HistoryLimit = 20;

    /// <summary>So many redrives are remembered.</summary>
    public const int RedriveLimit = 10;

    /// <summary>Failed deliveries that counted.</summary>
    public int Attempt { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When the first call was made that the API did not put off with a 429.</summary>
    public DateTimeOffset? FirstCallAt { get; init; }

    /// <summary>The request's own place in the quota, while it waits for it.</summary>
    public Slot? Slot { get; init; }

    /// <summary>How much of the time since the first call went by in waiting for quota or a key; it does not age the request.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>How many calls in a row the API refused with a 429 that was not the quota's.</summary>
    public int Refusals { get; init; }

    /// <summary>When the first of <see cref="Refusals"/> was called.</summary>
    public DateTimeOffset? RefusedSince { get; init; }

    public IReadOnlyList<CallRecord> History { get; init; } = [];

    /// <summary>W3C trace context of the request.</summary>
    public string? Traceparent { get; init; }

    /// <summary>The blob that holds the request, when it outgrew the queue message.</summary>
    public string? ClaimCheck { get; init; }

    /// <summary>Of what lies in <see cref="ClaimCheck"/>: proves that the claim was made by whoever put it there.</summary>
    public string? ClaimDigest { get; init; }

    /// <summary>Tells this list from another under the same id: made from the first page's first message.</summary>
    public string? List { get; init; }

    /// <summary>Only on a page after the first.</summary>
    public PageState? Page { get; init; }

    /// <summary>When the request became a dead letter that was sent back, each time, the latest last: by it the record is known that still stands for it.</summary>
    public IReadOnlyList<DateTimeOffset> DeadLettered { get; init; } = [];

    /// <summary>Sent back and not yet begun: of several copies of one dead letter only the first that is taken up counts.</summary>
    public bool IsUnclaimed { get; init; }

    /// <summary>The message in whose name the claim is made, where that is not the copy's own: it was put back without knowing whether its claim was written.</summary>
    public string? Claimant { get; init; }

    /// <summary>Since when the request is on its way, this time.</summary>
    public DateTimeOffset BegunAt => DeadLettered.Count > 0 ? DeadLettered[^1] : FirstSeenAt;

    /// <summary>How many calls in a row, the latest last, were put off with a 429.</summary>
    public int RateLimitedInARow => History.Reverse().TakeWhile(call => call.Outcome == CallRecord.RateLimited && call.At >= BegunAt).Count();

    /// <summary>How long the request has gone without success, waiting not counted.</summary>
    public TimeSpan Age(DateTimeOffset now) => FirstCallAt is { } first ? now - first - Waited : TimeSpan.Zero;

    public Delivery After(CallRecord call) => this with
    {
        History = HistoryWith(call),
        FirstCallAt = call.Outcome == CallRecord.RateLimited ? FirstCallAt : FirstCallAt ?? call.At,
    };

    /// <summary>What is remembered once this call is over.</summary>
    public IReadOnlyList<CallRecord> HistoryWith(CallRecord call) =>
        History.Count == 0 ? [call] : [.. History.Skip(History.Count + 1 - HistoryLimit), call];
}
