namespace Courier.Chaos;

/// <summary>One request to the storage that went wrong.</summary>
/// <param name="Operation">Verb and path.</param>
/// <param name="RequestId">Of the request that it was about; null where it was about none, or about several.</param>
internal sealed record StorageFault(DateTimeOffset At, FaultManner Manner, string Operation, string? RequestId)
{
    /// <summary>After one of these something may be done twice.</summary>
    public bool IsWrite => !Operation.StartsWith("GET ", StringComparison.Ordinal);

    /// <summary>
    /// There may be two of a message from then on: it was sent, and whoever sent it was not told in time and sent it again; or it was to be deleted, after a
    /// copy had been sent, and comes back.
    /// </summary>
    public bool MayDouble => Operation.StartsWith("DELETE ", StringComparison.Ordinal)
        || (Manner is FaultManner.Unanswered or FaultManner.Slow && Operation.StartsWith("POST ", StringComparison.Ordinal));
}
