using System.Text.Json;
using Courier.Answers;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Paging;
using Courier.Storage;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>Writes result messages. Bodies that are too long, or neither JSON nor text, go to a blob as they came.</summary>
public sealed class ResultOutbox(CourierStorage storage, KeyRedaction redaction, Persistence persistence)
{
    private const string MetadataBlob = "/metadata.json";

    /// <summary>The id of the request whose body, or metadata, lies in a blob of this name.</summary>
    public static string IdOf(string blob) =>
        blob.EndsWith(MetadataBlob, StringComparison.Ordinal) ? blob[..^MetadataBlob.Length] : blob.LastIndexOf('.') is var dot and > 0 ? blob[..dot] : blob;

    public async Task SendAsync(Envelope envelope, Call call, NextPage next, CancellationToken cancellationToken)
    {
        ApiResponse answer = call.Result.Response!;
        using InlineBody body = InlineBody.Of(answer);
        CompletedCall result = new()
        {
            Id = envelope.Request.Id,
            Status = answer.Status,
            Headers = answer.Headers,
            Body = body.Value,
            BodyRef = body.Value is null && !answer.Body.IsEmpty ? await StoreAsync(envelope.Request.Id, answer, cancellationToken) : null,
            BodyNote = body.Note,
            Unchanged = answer.Status == 304 ? true : null,
            Page = envelope.Request.Paginate ? new ListPage(PageState.Of(envelope).Number, next.Id) : null,
            Metadata = envelope.Request.Metadata,
            Attempts = envelope.Delivery.HistoryWith(call.Record),
            CompletedAt = call.EndedAt,
        };
        ReadOnlyMemory<byte> message = Serialize(result);
        if (message.Length > MessageSize.Inline)
            message = await ShortenedAsync(result, answer, cancellationToken);
        await persistence.RunAsync((storage.Results, message, cancellationToken), static result => result.Results.SendAsync(result.message, TimeSpan.Zero, result.cancellationToken));
    }

    private async Task<ReadOnlyMemory<byte>> ShortenedAsync(CompletedCall result, ApiResponse answer, CancellationToken cancellationToken)
    {
        if (result.Body is not null)
            result = result with { Body = null, BodyRef = await StoreAsync(result.Id, answer, cancellationToken) };
        ReadOnlyMemory<byte> message = Serialize(result);
        if (message.Length > MessageSize.Inline && result.Metadata is { } metadata)
        {
            ReadOnlyMemory<byte> text = Json.Write(metadata, static (json, value) => value.WriteTo(json));
            result = result with { Metadata = null, MetadataRef = await StoreAsync(result.Id + MetadataBlob, text, "application/json", cancellationToken) };
            message = Serialize(result);
        }

        return message.Length <= MessageSize.Inline ? message : Serialize(WithoutLongHeaders(result, message.Length - MessageSize.Inline));
    }

    /// <summary>The longest headers go first, and no more than must; last of all the history, which only a forged one makes so long.</summary>
    private CompletedCall WithoutLongHeaders(CompletedCall result, int excess)
    {
        Dictionary<string, string> headers = new(result.Headers);
        foreach ((string name, string value) in result.Headers.OrderByDescending(header => header.Value.Length))
        {
            if (excess <= 0)
                break;
            headers.Remove(name);
            excess -= value.Length;
        }

        CompletedCall shorter = result with { Headers = headers };
        return Serialize(shorter).Length <= MessageSize.Inline ? shorter : shorter with { Attempts = [] };
    }

    private ReadOnlyMemory<byte> Serialize(CompletedCall result) =>
        redaction.Clean(Json.Write(result, MessageJson.Format.CompletedCall));

    private Task<string> StoreAsync(string id, ApiResponse answer, CancellationToken cancellationToken) => answer.Text.InUtf8 is { } text && !text.Equals(answer.Body) && redaction.Finds(text.Span)
        ? StoreAsync(id + Extension(answer), text, $"{AnswerText.MediaType(answer.ContentType)}; charset=utf-8", cancellationToken) // in another charset no secret would be found
        : StoreAsync(id + Extension(answer), answer.Body, answer.ContentType, cancellationToken);

    private async Task<string> StoreAsync(string name, ReadOnlyMemory<byte> content, string? contentType, CancellationToken cancellationToken)
    {
        await persistence.RunAsync(() => storage.ResultBodies.WriteAsync(name, redaction.Clean(content), StorableType.Of(contentType), cancellationToken));
        return $"{storage.ResultBodies.Name}/{name}";
    }

    private static string Extension(ApiResponse answer) => answer.IsEncoded ? ".bin" : answer.Text.Claim switch
    {
        BodyClaim.Json or BodyClaim.Nothing => ".json",
        _ => AnswerText.MediaType(answer.ContentType) switch
        {
            "text/csv" => ".csv",
            "application/pdf" => ".pdf",
            "text/plain" => ".txt",
            "text/html" => ".html",
            "application/zip" => ".zip",
            _ => ".bin",
        },
    };
}
