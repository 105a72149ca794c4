using System.Text.Json;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Paging;
using Courier.Routing;

namespace Courier.Processing;

/// <summary>Draws up the record of a request that is given up.</summary>
public sealed class DeadLetterFile(DeadLetterGuide guide, KeyRedaction redaction, TimeProvider time)
{
    public DeadLetterRecord Of(Envelope envelope, Call? call, Disposition.DeadLetter given)
    {
        Delivery delivery = call is null ? envelope.Delivery : envelope.Delivery.After(call.Record);
        JsonElement request = JsonElement.Parse(EnvelopeWriter.Write(envelope.Request).Span);
        Explanation explanation = guide.Explain(given.Reason, delivery, call?.Result, given.Why);
        // Here already, not only when the record is written: a cut would leave half of a key, which nobody finds.
        ApiResponse? answer = call?.Result.Response is { } response ? response with { Body = redaction.Clean(response.Body, isCut: response.EndsEarly) } : null;
        return Record(envelope.Request.Id, given.Reason, Aware(explanation, envelope, call), request, delivery.FirstSeenAt) with
        {
            Status = answer?.Status,
            ApiMessage = answer is null ? null : ApiMessage.From(answer, redaction),
            Response = answer is null ? null : new DeadLetterResponse(answer.Status, answer.Headers, DeadLetterOutbox.BodyText(answer, redaction), answer.Incomplete),
            Attempts = delivery.History,
            TraceId = envelope.TraceId,
            Page = delivery.Page,
            DeadLetteredBefore = delivery.DeadLettered is { Count: > 0 } before ? before : null,
        };
    }

    public DeadLetterRecord Of(Reading.Malformed message, DeadLetterReason reason) =>
        Record(message.Id, reason, guide.Explain(reason, null, null, message.Why), message.Received, message.FirstSeenAt);

    /// <summary>Of a page that is not called, because of what the page before said.</summary>
    public DeadLetterRecord Of(NextPage.Refused page)
    {
        (ApiRequest request, Delivery delivery) = page.Envelope;
        if (page.Link is { } link)
            request = request with { Path = Quotation.Short(redaction.Clean(link)), Query = null };
        Explanation explanation = guide.Explain(DeadLetterReason.NextPageRefused, null, null, page.Why);
        return Record(request.Id, DeadLetterReason.NextPageRefused, explanation, JsonElement.Parse(EnvelopeWriter.Write(request).Span), delivery.FirstSeenAt) with { TraceId = page.Envelope.TraceId, Page = delivery.Page };
    }

    /// <summary>Less whatever of it came from outside and could be why it cannot be written: the answer's headers, and its message.</summary>
    public static DeadLetterRecord Plain(DeadLetterRecord record) =>
        record with { ApiMessage = null, Response = record.Response is { } response ? response with { Headers = new Dictionary<string, string>() } : null };

    /// <summary>What is gone when it is to be deleted may have been deleted by an earlier attempt that nobody heard of.</summary>
    private static Explanation Aware(Explanation explanation, Envelope envelope, Call? call) =>
        envelope.Request.Method == "DELETE" && call?.Result.Response?.Status == 404 && IsPreceded(envelope.Delivery, call)
            ? explanation with { Cause = explanation.Cause + " An earlier attempt of this request, whose outcome is unknown, may have deleted it." }
            : explanation;

    private static bool IsPreceded(Delivery delivery, Call call) => delivery.History.Append(call.Record).Any(record => record.MayHaveHappened);

    private DeadLetterRecord Record(string id, DeadLetterReason reason, Explanation explanation, JsonElement request, DateTimeOffset firstSeenAt) => new()
    {
        Id = id,
        Reason = reason.Text(),
        Title = explanation.Title,
        Cause = explanation.Cause,
        Remedies = explanation.Remedies,
        Request = request,
        Attempts = [],
        FirstSeenAt = firstSeenAt,
        DeadLetteredAt = time.GetUtcNow(),
    };
}
