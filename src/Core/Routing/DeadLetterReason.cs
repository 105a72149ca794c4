namespace Courier.Routing;

/// <summary>Why a request was given up. Written in kebab case (<see cref="DeadLetterReasons.Text"/>).</summary>
public enum DeadLetterReason
{
    /// <summary>3xx; never followed, the key must not travel.</summary>
    Redirected,

    /// <summary>400.</summary>
    BadRequest,

    /// <summary>401.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>Any other answer that a repetition would not change.</summary>
    Rejected,

    /// <summary>2xx, but the body is longer than <c>Api:MaxResponseBytes</c>.</summary>
    ResponseTooLarge,

    /// <summary>A page of a list cannot be called: where the page before leads is a loop, out of bounds, or not to be read.</summary>
    NextPageRefused,

    /// <summary>2xx to <c>paginate</c>, but what came is no page of a list, so that there may be more of it.</summary>
    PageUnreadable,

    /// <summary>2xx, so it was carried out; but the answer's body could not be read, and the request must not be repeated.</summary>
    AnswerUnreadable,

    /// <summary>The answer came, but what was decided could not be written; the record holds what there is of it.</summary>
    AnswerNotKept,

    /// <summary>No answer to a request that may have been carried out and must not be repeated.</summary>
    OutcomeUnknown,

    /// <summary><c>Routing:MaxAttempts</c> or <c>Routing:MaxAge</c> is reached.</summary>
    AttemptsExhausted,

    /// <summary>Past the sender's <c>expiresAt</c>.</summary>
    Expired,

    /// <summary>Unreadable, or forbidden by the rules for messages.</summary>
    InvalidMessage,

    /// <summary>The worker died on it, or failed, until the host gave up.</summary>
    Crashed,

    /// <summary>An operator said so.</summary>
    Cancelled,
}
