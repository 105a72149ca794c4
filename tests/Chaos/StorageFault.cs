namespace Courier.Chaos;

/// <summary>One request to the storage that went wrong.</summary>
/// <param name="Operation">Verb and path.</param>
/// <param name="RequestId">Of the request that it was about; null where it was about none, or about several.</param>
internal sealed record StorageFault(DateTimeOffset At, FaultManner Manner, string Operation, string? RequestId)
{
    /// <summary>After one of these something may be done twice.</summary>
    public bool IsWrite => !Operation.StartsWith("GET ", StringComparison.Ordinal);

    /// <summary>A message was sent, and whoever sent it was not told in time: sent again, there are two of it from then on.</summary>
    public bool MayDouble => Manner is FaultManner.Unanswered or FaultManner.Slow && Operation.StartsWith("POST ", StringComparison.Ordinal);
}
