using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Storage;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>Writes result messages. Bodies that are too long, or neither JSON nor text, go to a blob as they came.</summary>
public sealed class ResultOutbox(CourierStorage storage, KeyRedaction redaction)
{
    private const int LongestInlineBody = 32 * 1024;

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = Json.MaximumDepth };

    public async Task SendAsync(Envelope envelope, Call call, ApiResponse answer, CancellationToken cancellationToken)
    {
        using JsonDocument? json = Parse(answer);
        JsonElement? body = json?.RootElement ?? Text(answer);
        CompletedCall result = new()
        {
            Id = envelope.Request.Id,
            Status = answer.Status,
            Headers = answer.Headers,
            Body = body,
            BodyRef = body is null && !answer.Body.IsEmpty ? await StoreAsync(envelope.Request.Id, answer, cancellationToken) : null,
            Metadata = envelope.Request.Metadata,
            Attempts = envelope.Delivery.HistoryWith(call.Record),
            CompletedAt = call.EndedAt,
        };
        ReadOnlyMemory<byte> message = Serialize(result);
        if (message.Length > MessageSize.Inline)
            message = await ShortenedAsync(result, answer, cancellationToken);
        await storage.Results.SendAsync(message, TimeSpan.Zero, cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> ShortenedAsync(CompletedCall result, ApiResponse answer, CancellationToken cancellationToken)
    {
        if (result.Body is not null)
            result = result with { Body = null, BodyRef = await StoreAsync(result.Id, answer, cancellationToken) };
        ReadOnlyMemory<byte> message = Serialize(result);
        if (message.Length > MessageSize.Inline && result.Metadata is { } metadata)
        {
            ReadOnlyMemory<byte> text = Json.Write(metadata, static (json, value) => value.WriteTo(json));
            result = result with { Metadata = null, MetadataRef = await StoreAsync($"{result.Id}/metadata.json", text, "application/json", cancellationToken) };
            message = Serialize(result);
        }

        return message;
    }

    private ReadOnlyMemory<byte> Serialize(CompletedCall result) =>
        redaction.Clean(Json.Write(result, MessageJson.Format.CompletedCall));

    private Task<string> StoreAsync(string id, ApiResponse answer, CancellationToken cancellationToken) =>
        StoreAsync(id + Extension(answer.ContentType), answer.Body, answer.ContentType, cancellationToken);

    private async Task<string> StoreAsync(string name, ReadOnlyMemory<byte> content, string? contentType, CancellationToken cancellationToken)
    {
        await storage.ResultBodies.WriteAsync(name, redaction.Clean(content), contentType ?? "application/octet-stream", cancellationToken);
        return $"{storage.ResultBodies.Name}/{name}";
    }

    /// <summary>Null for a body that is called JSON but is not, or holds what cannot be written again.</summary>
    private static JsonDocument? Parse(ApiResponse answer)
    {
        if (!IsShort(answer) || !IsJson(answer.ContentType))
            return null;
        try
        {
            JsonDocument json = JsonDocument.Parse(answer.Body, s_json);
            if (!Json.HasLoneSurrogate(answer.Body.Span, json.RootElement))
                return json;
            json.Dispose();
        }
        catch (JsonException)
        {
        }

        return null;
    }

    private static JsonElement? Text(ApiResponse answer) =>
        IsShort(answer) && IsText(answer.ContentType) ? Json.Text(Encoding.UTF8.GetString(answer.Body.Span)) : null;

    private static bool IsShort(ApiResponse answer) => !answer.Body.IsEmpty && answer.Body.Length <= LongestInlineBody && Utf8.IsValid(answer.Body.Span);

    private static bool IsJson(string? contentType) => contentType is null || MediaType(contentType) is var type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Text to read, not data: a CSV report is a file.</summary>
    private static bool IsText(string? contentType) => contentType is not null
        && (IsJson(contentType) || MediaType(contentType).ToLowerInvariant() is "text/plain" or "text/html" or "text/xml" or "application/xml");

    private static string MediaType(string contentType) => contentType.Split(';')[0].Trim();

    private static string Extension(string? contentType) => IsJson(contentType) ? ".json" : MediaType(contentType!).ToLowerInvariant() switch
    {
        "text/csv" => ".csv",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "application/zip" => ".zip",
        _ => ".bin",
    };
}
