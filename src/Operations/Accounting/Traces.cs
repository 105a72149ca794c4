namespace Courier.Operations.Accounting;

/// <summary>All that the storage tells of requests.</summary>
/// <param name="Found">In any order; several of one request, in most cases.</param>
/// <param name="UnseenRequests">Messages on the request and poison queues that those do not show: a queue shows 32, and none that is hidden.</param>
/// <param name="UnseenResults">Messages on the result queue that it does not show.</param>
public sealed record Traces(IReadOnlyList<Trace> Found, int UnseenRequests = 0, int UnseenResults = 0)
{
    /// <summary>With what those say who took results off their queue.</summary>
    public Traces With(IEnumerable<string> received) => this with { Found = [.. Found, .. received.Select(id => new Trace(id, TraceKind.Done))] };

    /// <summary>The requests that left something in this time; what is not dated counts.</summary>
    /// <param name="since">That moment included; null: from the beginning.</param>
    /// <param name="until">That moment excluded; null: to the end.</param>
    public IReadOnlyList<string> Ids(DateTimeOffset? since, DateTimeOffset? until) =>
        [.. Found.Where(trace => !(trace.At < since) && !(trace.At >= until)).Select(trace => trace.Id).Distinct()];

    /// <summary>These, and the further pages of those that are lists.</summary>
    public IReadOnlyList<string> WithPages(IEnumerable<string> ids)
    {
        HashSet<string> asked = [.. ids];
        return [.. asked.Union(Found.Select(trace => trace.Id).Where(id => id.IndexOf('~', StringComparison.Ordinal) is var mark and > 0 && asked.Contains(id[..mark])))];
    }
}
