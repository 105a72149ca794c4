namespace Courier.Operations.DeadLetters;

/// <summary>Dead letters of one kind: the same reason, status and kind of path.</summary>
/// <param name="Name">Of its <see cref="DeadLetterKind"/>: a filter by it finds exactly these.</param>
/// <param name="Path">What their paths have in common, like <c>/companies/*/factors</c>; null where the messages were no requests.</param>
/// <param name="Cause">As one of them, the latest, says.</param>
public sealed record DeadLetterGroup(
    string Name, string Reason, int? Status, string? Path, int Count, DateTimeOffset First, DateTimeOffset Last, string Example, string? Cause, IReadOnlyList<string> Remedies);
