using System.Text;
using System.Text.Json;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Storage;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>Writes a dead letter: the record first, then the message that announces it.</summary>
public sealed class DeadLetterOutbox(CourierStorage storage, KeyRedaction redaction, Persistence persistence)
{
    /// <summary>So much of a response body is kept, in bytes.</summary>
    public const int BodyLimit = 8 * 1024;

    public async Task SendAsync(DeadLetterRecord record, CancellationToken cancellationToken)
    {
        DeadLetterSummary summary = DeadLetterSummary.Of(record, redaction.Clean);
        await persistence.RunAsync(() => storage.DeadLetterRecords.WriteAsync(summary.Blob, Serialize(record), "application/json", summary.Labels, cancellationToken));
        await persistence.RunAsync(() => storage.DeadLetters.SendAsync(Doorbell(record), TimeSpan.Zero, cancellationToken));
    }

    public static string? BodyText(ApiResponse response, KeyRedaction redaction)
    {
        ReadOnlyMemory<byte> text = redaction.Clean(response.Text.InUtf8 ?? response.Body, response.EndsEarly); // in UTF-16 no secret was found before
        return text.IsEmpty ? null : Encoding.UTF8.GetString(text.Span[..Math.Min(text.Length, BodyLimit)]);
    }

    /// <summary>The record less the response's body, and less whatever else is too much for a message; the blob holds it all.</summary>
    private ReadOnlyMemory<byte> Doorbell(DeadLetterRecord record)
    {
        DeadLetterRecord announced = record with { Response = record.Response is { } response ? response with { Body = null } : null };
        ReadOnlyMemory<byte> message = Serialize(announced);
        foreach (Func<DeadLetterRecord, DeadLetterRecord> cut in s_cuts)
        {
            if (message.Length <= MessageSize.Inline)
                break;
            announced = cut(announced);
            message = Serialize(announced);
        }

        return message;
    }

    private static readonly Func<DeadLetterRecord, DeadLetterRecord>[] s_cuts =
    [
        record => record with { Request = Without(record.Request, "body") },
        record => record with { Request = Without(record.Request, "metadata") },
        record => record with { Request = Json.Text("too long to announce; see the record") },
        record => record with { Cause = Cut(record.Cause), ApiMessage = null, Response = null },
        record => record with { Attempts = [] },
    ];

    private static JsonElement Without(JsonElement request, string field) => request.ValueKind != JsonValueKind.Object
        ? request
        : Json.Element((request, field), static (json, state) =>
        {
            json.WriteStartObject();
            foreach (JsonProperty property in state.request.EnumerateObject().Where(property => !property.NameEquals(state.field)))
                property.WriteTo(json);
            json.WriteEndObject();
        });

    private static string Cut(string text) => text.Length <= 4096 ? text : text[..4096] + "…";

    private ReadOnlyMemory<byte> Serialize(DeadLetterRecord record) =>
        redaction.Clean(Json.Write(record, MessageJson.Format.DeadLetterRecord));
}
