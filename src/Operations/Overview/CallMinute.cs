namespace Courier.Operations.Overview;

/// <summary>What all instances did in a minute.</summary>
/// <param name="Calls">HTTP attempts, the in-process retries too.</param>
/// <param name="Failures">Of these: 5xx, 408, 425, no answer.</param>
/// <param name="DeadLetters">Requests that were given up.</param>
public sealed record CallMinute(DateTimeOffset At, int Calls, int Failures, int DeadLetters);
