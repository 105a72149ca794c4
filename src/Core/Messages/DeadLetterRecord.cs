using System.Text.Json;

namespace Courier.Messages;

/// <summary>Everything that is known about a request that was given up: blob <c>api-dead-letters/{yyyy-MM-dd}/{id}.json</c>.</summary>
public sealed record DeadLetterRecord
{
    public required string Id { get; init; }

    public required string Reason { get; init; }

    public int? Status { get; init; }

    public required string Title { get; init; }

    public required string Cause { get; init; }

    public required IReadOnlyList<string> Remedies { get; init; }

    /// <summary>What the API's body said.</summary>
    public string? ApiMessage { get; init; }

    /// <summary>As received.</summary>
    public required JsonElement Request { get; init; }

    public DeadLetterResponse? Response { get; init; }

    public required IReadOnlyList<CallRecord> Attempts { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset DeadLetteredAt { get; init; }

    /// <summary>When it was a dead letter before, and was sent back; absent the first time.</summary>
    public IReadOnlyList<DateTimeOffset>? DeadLetteredBefore { get; init; }

    /// <summary>Only of a page after the first: what it takes to go on with the list from here.</summary>
    public PageState? Page { get; init; }

    public string? TraceId { get; init; }

    public string Redrive => $"courier dead-letters redrive {Id}";
}
