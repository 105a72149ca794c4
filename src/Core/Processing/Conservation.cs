namespace Courier.Processing;

/// <summary>The conservation check: every id that was accepted is done, dead or waiting, or it is missing.</summary>
public static class Conservation
{
    /// <param name="accepted">Whatever was posted, pages of lists and ticks of schedules included.</param>
    /// <param name="found">Ids of results, of dead letters, of what waits on the request and poison queues: in any order, and any number of times.</param>
    /// <returns>Those that are nowhere, once each, in the order in which they were accepted.</returns>
    public static IReadOnlyList<string> Missing(IEnumerable<string> accepted, params IEnumerable<string>[] found)
    {
        HashSet<string> seen = [.. found.SelectMany(ids => ids)];
        return [.. accepted.Where(id => !seen.Contains(id)).Distinct()];
    }
}
