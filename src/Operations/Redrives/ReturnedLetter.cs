namespace Courier.Operations.Redrives;

/// <summary>A dead letter that was sent back and is one again.</summary>
public sealed record ReturnedLetter(string Id, string Reason, int? Status, string Cause, IReadOnlyList<string> Remedies);
