namespace Courier.Operations.Redrives;

/// <summary>A dead letter that was not sent back.</summary>
/// <param name="Why">A sentence for the operator.</param>
public sealed record SkippedLetter(string Id, string Why);
