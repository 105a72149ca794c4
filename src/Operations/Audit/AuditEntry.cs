namespace Courier.Operations.Audit;

/// <summary>Something that an operator did.</summary>
/// <param name="By">Who, as that person's machine says: a note, not a proof.</param>
/// <param name="Action">The command: <c>redrive</c>, <c>purge</c>, <c>pause</c> …</param>
/// <param name="What">To what: ids, or the filter.</param>
/// <param name="Count">How many requests it concerns; null where that means nothing.</param>
public sealed record AuditEntry(DateTimeOffset At, string By, string Action, string What, int? Count, string? Why);
