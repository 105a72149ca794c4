using Courier.Messages;

namespace Courier.Api;

/// <summary>A finished call: how it ended, when it began, how long it took.</summary>
/// <param name="Attempts">HTTP requests that went out, the in-process retries included.</param>
public sealed record Call(CallResult Result, DateTimeOffset At, TimeSpan Duration, int Attempts = 1)
{
    public DateTimeOffset EndedAt => At + Duration;

    public string RequestId { get; init; } = "";

    /// <summary>Each of them; null when there was one, and the result says it all.</summary>
    public IReadOnlyList<CallTry>? Tries { get; init; }

    public CallRecord Record => new(At, Result.Outcome, Result.Response?.Status, (long)Duration.TotalMilliseconds) { Tries = Tries };
}
