using System.Security.Cryptography;
using System.Text.Json;
using Courier.Messages;
using Courier.Operations.DeadLetters;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Operations.Redrives;

/// <summary>Sends one dead letter back: its request as it was received, with its former attempts and dates. The record stays until the new outcome stands.</summary>
public sealed class RedriveSender(DeadLetterBook book, RequestQueue queue, EnvelopeReader reader, RedriveMarks marks, TimeProvider time)
{
    /// <param name="blob">The record.</param>
    public async Task<Sending> SendAsync(string blob, string run, CancellationToken cancellationToken) =>
        await book.ReadAsync(blob, cancellationToken) is { } record
            ? await SendAsync(record, record.Request, run, cancellationToken)
            : new Sending.Skipped(new SkippedLetter(DeadLetterSummary.IdOf(blob) ?? blob, "It is no dead letter any more, or its record cannot be read."));

    /// <param name="request">In place of the record's own: an operator has mended it.</param>
    public async Task<Sending> SendAsync(DeadLetterRecord record, JsonElement request, string run, CancellationToken cancellationToken)
    {
        if (Check(record, request) is { } why)
            return new Sending.Skipped(new SkippedLetter(record.Id, why));
        DateTimeOffset now = time.GetUtcNow();
        bool isMended = !JsonElement.DeepEquals(request, record.Request);
        string sending = isMended ? $"{run}-{Digest(request)}" : run;
        RedriveMark mark = await marks.PutAsync(record.Id, new RedriveMark(record.DeadLetteredAt, sending, now), cancellationToken);
        if (mark.ClaimedBy is not null)
            return new Sending.Skipped(new SkippedLetter(record.Id, $"It was sent back at {mark.SentAt:u} already, and waits for its turn."));
        if (isMended && mark.Run != sending)
            return new Sending.Skipped(new SkippedLetter(record.Id, $"It was sent back otherwise at {mark.SentAt:u}, and of two copies the first counts: cancel it, then send the mended one."));
        await queue.PostAsync(record.Id, request, Delivery(record), cancellationToken);
        return new Sending.Sent(SentLetter.Of(record, now));
    }

    /// <summary>Why the request cannot be sent; null when it can.</summary>
    public string? Check(DeadLetterRecord record, JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
            return "What was received is no JSON object.";
        ReadOnlyMemory<byte> message = EnvelopeWriter.Write(request, Delivery(record));
        return reader.Read(new QueuedMessage(record.Id, message, record.FirstSeenAt, 1)) switch
        {
            Reading.Request { Envelope.Request: var read } when read.Id != record.Id => $"Its `id` must stay {record.Id}.",
            Reading.Request { Envelope.Request.ExpiresAt: var end } when end <= time.GetUtcNow() => $"Its `expiresAt` ({end:u}) is past; give it a later one with --edit.",
            Reading.Request => null,
            Reading.Malformed when record is { Page: null } && record.Id.Contains('~', StringComparison.Ordinal) => "It is a page of a list, and its place in the list is not known: post the rest of the list anew, with an id of its own.",
            Reading.Malformed malformed => malformed.Why,
            _ => "It holds a `delivery` of its own.",
        };
    }

    private static string Digest(JsonElement request) => Convert.ToHexStringLower(SHA256.HashData(EnvelopeWriter.Write(request).Span).AsSpan(0, 8));

    private static Delivery Delivery(DeadLetterRecord record) => new()
    {
        FirstSeenAt = record.FirstSeenAt,
        History = record.Attempts,
        Page = record.Page,
        DeadLettered = [.. (record.DeadLetteredBefore ?? []).Append(record.DeadLetteredAt).TakeLast(Messages.Delivery.RedriveLimit)],
        IsUnclaimed = true,
    };
}
