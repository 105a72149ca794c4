namespace Courier.Operations.Redrives;

/// <summary>A set of dead letters that is sent back, frozen when the operator said so.</summary>
/// <param name="Id">Names the run, for going on with it and for cancelling it.</param>
/// <param name="What">The filter or the ids, as they were given.</param>
/// <param name="Blobs">The records, in the order in which they are sent.</param>
/// <param name="IsAllAtOnce">Without a canary, and without looking what becomes of them.</param>
public sealed record RedriveRun(string Id, DateTimeOffset BegunAt, string By, string? Why, string What, IReadOnlyList<string> Blobs, bool IsAllAtOnce);
