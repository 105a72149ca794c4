using System.Text.Json.Serialization;

namespace Courier.Operations.Accounting;

/// <summary>The conservation check: every request that was accepted is done, dead or waiting, or it is named as missing.</summary>
/// <param name="Done">Called with success, once at least.</param>
/// <param name="Dead">Given up. One that was sent back and is not settled yet is still dead.</param>
/// <param name="Waiting">Seen on the request or the poison queue.</param>
/// <param name="Unseen">Neither of these, and no more of them than there are messages that the queues do not show: they wait, or their result does.</param>
/// <param name="Missing">Neither of these, and more of them than the queues can hold; in the order of acceptance.</param>
/// <param name="MayBeQueued">How many of <paramref name="Missing"/> can be on a queue after all; once the queues are empty, none.</param>
public sealed record Account(int Accepted, int Done, int Dead, int Waiting, int Unseen, IReadOnlyList<string> Missing, int MayBeQueued)
{
    /// <summary>All have come to their end.</summary>
    [JsonIgnore]
    public bool IsSettled => Accepted == Done + Dead;

    /// <param name="accepted">Each counts once, however often it is named.</param>
    public static Account Of(IEnumerable<string> accepted, Traces traces)
    {
        ILookup<TraceKind, string> found = traces.Found.ToLookup(trace => trace.Kind, trace => trace.Id);
        HashSet<string> seen = [];
        List<string> left = [.. accepted.Where(seen.Add)];
        int done = Take(left, found[TraceKind.Done]), dead = Take(left, found[TraceKind.Dead]), settled = Take(left, found[TraceKind.Settled]), waiting = Take(left, found[TraceKind.Waiting]);
        int room = traces.UnseenRequests + traces.UnseenResults;
        return left.Count <= room
            ? new Account(seen.Count, done + settled, dead, waiting, left.Count, [], 0)
            : new Account(seen.Count, done + settled, dead, waiting, 0, left, room);
    }

    /// <returns>How many were taken.</returns>
    private static int Take(List<string> from, IEnumerable<string> these)
    {
        HashSet<string> taken = [.. these];
        return from.RemoveAll(taken.Contains);
    }
}
