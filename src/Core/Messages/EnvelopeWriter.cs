using System.Text.Json;
using Courier.Writing;

namespace Courier.Messages;

/// <summary>Writes requests and envelopes in the form that <see cref="EnvelopeReader"/> reads.</summary>
public static class EnvelopeWriter
{
    /// <summary>The request and its delivery state, whole.</summary>
    public static ReadOnlyMemory<byte> Write(Envelope envelope) => Json.Write(envelope, static (json, value) =>
    {
        json.WriteStartObject();
        WriteFields(json, value.Request);
        WriteDelivery(json, value.Delivery);
        json.WriteEndObject();
    });

    /// <summary>The request alone: what a claim check's blob and a dead letter hold.</summary>
    public static ReadOnlyMemory<byte> Write(ApiRequest request) => Json.Write(request, static (json, value) =>
    {
        json.WriteStartObject();
        WriteFields(json, value);
        json.WriteEndObject();
    });

    /// <summary>A sender's own text without any delivery state.</summary>
    public static ReadOnlyMemory<byte> Write(JsonElement request) => Json.Write(request, static (json, value) =>
    {
        json.WriteStartObject();
        WriteOwn(json, value);
        json.WriteEndObject();
    });

    /// <summary>A sender's own text with a delivery state; without the state that the text may hold.</summary>
    /// <param name="request">A JSON object.</param>
    public static ReadOnlyMemory<byte> Write(JsonElement request, Delivery delivery) => Json.Write((request, delivery), static (json, value) =>
    {
        json.WriteStartObject();
        WriteOwn(json, value.request);
        WriteDelivery(json, value.delivery);
        json.WriteEndObject();
    });

    /// <summary>A reference to the blob that <see cref="Delivery.ClaimCheck"/> names.</summary>
    public static ReadOnlyMemory<byte> WriteClaim(string? id, Delivery delivery) => Json.Write((id, delivery), static (json, value) =>
    {
        json.WriteStartObject();
        if (value.id is not null)
            json.WriteString("id", value.id);
        WriteDelivery(json, value.delivery);
        json.WriteEndObject();
    });

    private static void WriteOwn(Utf8JsonWriter json, JsonElement request)
    {
        foreach (JsonProperty field in request.EnumerateObject().Where(field => !field.NameEquals("delivery")))
            field.WriteTo(json);
    }

    private static void WriteFields(Utf8JsonWriter json, ApiRequest request)
    {
        json.WriteString("id", request.Id);
        json.WriteString("method", request.Method);
        json.WriteString("path", request.Path);
        WriteElement(json, "query", request.Query);
        if (request.Headers.Count > 0)
        {
            json.WriteStartObject("headers");
            foreach ((string name, string value) in request.Headers)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        WriteElement(json, "body", request.Body);
        if (request.Idempotent is { } idempotent)
            json.WriteBoolean("idempotent", idempotent);
        if (request.Paginate)
            json.WriteBoolean("paginate", true);
        if (request.ExpiresAt is { } expiresAt)
            json.WriteString("expiresAt", expiresAt);
        if (request.NotBefore is { } notBefore)
            json.WriteString("notBefore", notBefore);
        if (request.Batch is { } batch)
            json.WriteString("batch", batch);
        if (request.Traceparent is { } traceparent)
            json.WriteString("traceparent", traceparent);
        if (request.IsHighPriority)
            json.WriteString("priority", "high");
        if (!request.Reply)
            json.WriteBoolean("reply", false);
        WriteElement(json, "metadata", request.Metadata);
    }

    private static void WriteDelivery(Utf8JsonWriter json, Delivery delivery)
    {
        json.WriteStartObject("delivery");
        json.WriteNumber("attempt", delivery.Attempt);
        json.WriteString("firstSeenAt", delivery.FirstSeenAt);
        if (delivery.FirstCallAt is { } firstCallAt)
            json.WriteString("firstCallAt", firstCallAt);
        if (delivery.Slot is { } slot)
            WriteSlot(json, slot);
        if (delivery.Waited > TimeSpan.Zero)
            json.WriteNumber("waitedSeconds", (long)delivery.Waited.TotalSeconds);
        if (delivery.Refusals > 0)
            json.WriteNumber("refusals", delivery.Refusals);
        if (delivery.RefusedSince is { } refusedSince)
            json.WriteString("refusedSince", refusedSince);
        WriteHistory(json, "history", delivery.History);
        if (delivery.Traceparent is { } traceparent)
            json.WriteString("traceparent", traceparent);
        if (delivery.ClaimCheck is { } claimCheck)
            json.WriteString("claimCheck", claimCheck);
        if (delivery.ClaimDigest is { } digest)
            json.WriteString("claimDigest", digest);
        if (delivery.List is { } list)
            json.WriteString("list", list);
        if (delivery.Page is { } page)
            WritePage(json, page);
        if (delivery.DeadLettered.Count > 0)
            WriteRedrive(json, delivery);
        json.WriteEndObject();
    }

    private static void WriteSlot(Utf8JsonWriter json, Slot slot)
    {
        json.WriteNumber("slot", slot.Number);
        if (slot.Lane == SlotLane.Ahead)
            json.WriteString("lane", "ahead");
        if (slot.Seal is { } seal)
            json.WriteString("seal", seal);
    }

    private static void WritePage(Utf8JsonWriter json, PageState page)
    {
        json.WriteStartObject("page");
        json.WriteNumber("number", page.Number);
        json.WriteString("begun", page.Begun);
        json.WriteString("seen", page.Seen);
        json.WriteEndObject();
    }

    private static void WriteRedrive(Utf8JsonWriter json, Delivery delivery)
    {
        json.WriteStartArray("deadLettered");
        foreach (DateTimeOffset at in delivery.DeadLettered)
            json.WriteStringValue(at);
        json.WriteEndArray();
        if (delivery.IsUnclaimed)
            json.WriteBoolean("unclaimed", true);
        if (delivery is { IsUnclaimed: true, Claimant: { } claimant })
            json.WriteString("claimant", claimant);
    }

    internal static void WriteHistory(Utf8JsonWriter json, string name, IReadOnlyList<CallRecord> history)
    {
        json.WriteStartArray(name);
        foreach (CallRecord call in history)
        {
            json.WriteStartObject();
            json.WriteString("at", call.At);
            json.WriteString("outcome", call.Outcome);
            if (call.Status is { } status)
                json.WriteNumber("status", status);
            json.WriteNumber("durationMs", call.DurationMs);
            if (call.Tries is { } tries)
                WriteTries(json, tries);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTries(Utf8JsonWriter json, IReadOnlyList<CallTry> tries)
    {
        json.WriteStartArray("tries");
        foreach (CallTry each in tries)
        {
            json.WriteStartObject();
            if (each.Status is { } status)
                json.WriteNumber("status", status);
            if (each.Failure is { } failure)
                json.WriteString("failure", failure);
            if (each.Sent is { } sent)
                json.WriteBoolean("sent", sent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteElement(Utf8JsonWriter json, string name, JsonElement? element)
    {
        if (element is not { } value)
            return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }
}
