using System.Diagnostics;

namespace Courier.Routing;

/// <summary>The public names of the reasons.</summary>
public static class DeadLetterReasons
{
    public static string Text(this DeadLetterReason reason) => reason switch
    {
        DeadLetterReason.Redirected => "redirected",
        DeadLetterReason.BadRequest => "bad-request",
        DeadLetterReason.Unauthorized => "unauthorized",
        DeadLetterReason.Forbidden => "forbidden",
        DeadLetterReason.NotFound => "not-found",
        DeadLetterReason.Rejected => "rejected",
        DeadLetterReason.ResponseTooLarge => "response-too-large",
        DeadLetterReason.NextPageRefused => "next-page-refused",
        DeadLetterReason.PageUnreadable => "page-unreadable",
        DeadLetterReason.AnswerUnreadable => "answer-unreadable",
        DeadLetterReason.AnswerNotKept => "answer-not-kept",
        DeadLetterReason.OutcomeUnknown => "outcome-unknown",
        DeadLetterReason.AttemptsExhausted => "attempts-exhausted",
        DeadLetterReason.Expired => "expired",
        DeadLetterReason.InvalidMessage => "invalid-message",
        DeadLetterReason.Crashed => "crashed",
        DeadLetterReason.Cancelled => "cancelled",
        _ => throw new UnreachableException(),
    };
}
