using Courier.Resilience;

namespace Courier.Api;

/// <summary>How a call ended, retries in the process included. What becomes of the request is <see cref="Routing.RoutingPolicy"/>'s to decide.</summary>
public abstract record CallResult
{
    private CallResult()
    {
    }

    /// <summary>The kind, as logs and histories spell it.</summary>
    public abstract string Outcome { get; }

    public virtual ApiResponse? Response => null;

    /// <summary>2xx, or 304 to a conditional request.</summary>
    public sealed record Succeeded(ApiResponse Answer) : CallResult
    {
        public override string Outcome => "succeeded";

        public override ApiResponse Response => Answer;
    }

    /// <summary>2xx, but its body could not be read: cut off, mislabelled, or not whole in time. It was carried out.</summary>
    public sealed record Unreadable(ApiResponse Answer) : CallResult
    {
        public override string Outcome => "answer-unreadable";

        public override ApiResponse Response => Answer;
    }

    /// <summary>429. <paramref name="RetryAfter"/> is null when the answer does not say, or not legibly.</summary>
    public sealed record RateLimited(ApiResponse Answer, TimeSpan? RetryAfter) : CallResult
    {
        public override string Outcome => Messages.CallRecord.RateLimited;

        public override ApiResponse Response => Answer;
    }

    /// <summary>5xx, 408 or 425, still after the retries in the process.</summary>
    public sealed record ServerError(ApiResponse Answer, TimeSpan? RetryAfter) : CallResult
    {
        public override string Outcome => "server-error";

        public override ApiResponse Response => Answer;
    }

    /// <summary>No answer: DNS, TLS, refused, reset, timeout.</summary>
    public sealed record Unreachable(string Why, RequestFate Fate) : CallResult
    {
        public override string Outcome => "unreachable";
    }

    /// <summary>The circuit breaker refused the call; nothing was sent.</summary>
    public sealed record CircuitOpen(TimeSpan RetryAfter) : CallResult
    {
        public override string Outcome => "circuit-open";
    }

    /// <summary>401.</summary>
    public sealed record Unauthorized(ApiResponse Answer) : CallResult
    {
        public override string Outcome => "unauthorized";

        public override ApiResponse Response => Answer;
    }

    /// <summary>Any other answer: 3xx, 4xx, or none of HTTP's.</summary>
    public sealed record Rejected(ApiResponse Answer) : CallResult
    {
        public override string Outcome => "rejected";

        public override ApiResponse Response => Answer;
    }
}
