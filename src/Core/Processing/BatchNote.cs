namespace Courier.Processing;

/// <summary>One note of a batch. A request may have several: it waited, was dead, and is done after all.</summary>
/// <param name="At">When it was written last; null where the storage does not say.</param>
public sealed record BatchNote(string Id, BatchState State, DateTimeOffset? At);
