namespace Courier.Messages;

/// <summary>The API's last answer.</summary>
/// <param name="Body">Its first 8 KiB as text; null on the doorbell queue.</param>
/// <param name="Incomplete">The sentence that says why the body did not come whole; null when it did.</param>
public sealed record DeadLetterResponse(int Status, IReadOnlyDictionary<string, string> Headers, string? Body, string? Incomplete = null);
