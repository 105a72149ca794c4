using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Routing;

/// <summary>Reason → what the operator reads. Reasons that stand for an HTTP answer take their text from <see cref="ErrorGuide"/>.</summary>
public sealed class DeadLetterGuide(ErrorGuide errors, IOptions<ApiOptions> api, IOptions<RoutingOptions> routing)
{
    /// <param name="result">The last call's result, if one was made.</param>
    /// <param name="why">For <see cref="DeadLetterReason.InvalidMessage"/>, <see cref="DeadLetterReason.Cancelled"/>, <see cref="DeadLetterReason.NextPageRefused"/> and <see cref="DeadLetterReason.PageUnreadable"/>: the sentence that says what is wrong.</param>
    public Explanation Explain(DeadLetterReason reason, Delivery? delivery, CallResult? result, string? why) => reason switch
    {
        DeadLetterReason.InvalidMessage => new(
            "Invalid message",
            why ?? "The message cannot be read as a request.",
            ["Correct the message as the cause says and post it again; nothing was called.", "docs/requests.md lists the fields and what they may hold."]),
        DeadLetterReason.Expired => new(
            "Expired",
            "The request's `expiresAt` passed before it could be called with success.",
            ["If the call is still wanted, post it again with a later `expiresAt`, or without one.", "If requests expire regularly, look for a backlog: the quota may be too small for the load."]),
        DeadLetterReason.Crashed => new(
            "Crashed",
            "The worker died on this request, or could not reach its storage, at each of its deliveries, until the host gave the message up. The call may have been carried out.",
            ["Look at the worker's log around the time of the request for a crash, a memory limit, or storage errors.",
             "When the reason is mended, redrive the request; if it must not happen twice, check first whether the API carried it out."]),
        DeadLetterReason.Cancelled => new(
            "Cancelled",
            why ?? "An operator cancelled it.",
            ["Nothing is left to do. If the call is wanted after all, redrive the request."]),
        DeadLetterReason.PageUnreadable => new(
            "Page unreadable",
            $"The call succeeded, but what came is no page of a list, so that what follows it is unknown. {why}".TrimEnd(),
            ["The pages before it are read and their results delivered. Look at the response's body: a gateway's page or half an answer passes, so redrive the request, and the list goes on from here.",
             "If the endpoint's answer is no list, send the request without `paginate`."]),
        DeadLetterReason.AnswerUnreadable => new(
            "Answer unreadable",
            $"The API answered {result?.Response?.Status}, so the request was carried out; but the body of its answer could not be read. {result?.Response?.Incomplete}".TrimEnd(),
            ["Look up at the API what came of it; `response` holds the answer as far as it came.",
             "Do not send the request again unless repeating it is safe. If it is, send it with `\"idempotent\": true`: then Courier repeats it by itself."]),
        DeadLetterReason.AnswerNotKept => new(
            "Answer not kept",
            $"The call was made ({(result?.Response is { } kept ? $"the API answered {kept.Status}" : result?.Outcome ?? "its answer is not known")}), but what follows from it could not be written. {why}".TrimEnd(),
            ["Look at the storage: the queues and containers that Courier writes to must take what it writes. `response` holds the answer's first 8 KiB.",
             "Do not send the request again unless repeating it is safe: after a 2xx it was carried out."]),
        DeadLetterReason.OutcomeUnknown => new(
            "Outcome unknown",
            $"The API gave no answer, the request may have been carried out, and it must not be repeated blindly. {(result as CallResult.Unreachable)?.Why}".TrimEnd(),
            ["Check at the API whether the request was carried out; if it was not, redrive it.",
             "If repeating it is safe, send it with `\"idempotent\": true` (and an `Idempotency-Key` header if the API knows one): then Courier retries by itself."]),
        DeadLetterReason.ResponseTooLarge => new(
            "Response too large",
            $"The call succeeded, but the answer's body is longer than Api:MaxResponseBytes ({api.Value.MaxResponseBytes} bytes) and would be lost in part.",
            ["Ask for less at a time: a smaller page, fewer fields.", "Or raise Api:MaxResponseBytes, restart, and redrive the request. If it changes something, check first whether repeating it is safe."]),
        DeadLetterReason.NextPageRefused => new(
            "Next page refused",
            why ?? "The link to this page cannot be followed.",
            [$"The pages before it are read and their results delivered. If the list really goes on, ask for larger pages, or raise Api:MaxPages ({api.Value.MaxPages}).",
             "To go on from here, mend `path` and post the request with an id of its own: no id that a sender chooses holds a `~`.",
             "If the API's link is wrong (see the header `link` in the result of the page before), tell the API's support."]),
        DeadLetterReason.AttemptsExhausted => Exhausted(delivery, result),
        _ => errors.For(result?.Response?.Status ?? 0),
    };

    private Explanation Exhausted(Delivery? delivery, CallResult? result)
    {
        Explanation last = errors.For(result?.Response?.Status ?? 500);
        string what = result switch
        {
            CallResult.Unreachable unreachable => unreachable.Why,
            { Response: { } answer } => $"{answer.Status} {last.Title}: {last.Cause}",
            _ => "The circuit was open because most calls failed.",
        };
        if (delivery is { Refusals: > 0 })
            return last with { Title = "Attempts exhausted", Cause = AlwaysRefused(delivery) };
        return last with
        {
            Title = "Attempts exhausted",
            Cause = $"The request went without success through its attempts (Routing:MaxAttempts {routing.Value.MaxAttempts}) or its time (Routing:MaxAge {routing.Value.MaxAge}"
                + $"{(delivery?.FirstCallAt is { } first ? $", first call {first:u}" : "")}). The last time: {what}",
        };
    }

    private string AlwaysRefused(Delivery delivery) =>
        $"The API refused this request with 429 each time, {delivery.Refusals} times in a row (Routing:MaxRefusals {routing.Value.MaxRefusals}, Routing:MaxAge {routing.Value.MaxAge}"
        + $"{(delivery.RefusedSince is { } since ? $", first {since:u}" : "")}), while it answered others: a limit of this resource, not the quota. It was never carried out.";
}
