namespace Courier.Operations.Overview;

/// <summary>How many dead letters there are.</summary>
/// <param name="IsComplete">False when there are more than one look shows: these are the oldest.</param>
public sealed record DeadLetterTally(int Count, bool IsComplete, IReadOnlyDictionary<string, int> ByReason);
