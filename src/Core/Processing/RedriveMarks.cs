using System.Text.Json;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>
/// Sees to it that a dead letter which is sent back is called once, however often a redrive that was killed is begun again: whoever sends it
/// puts down a mark first, and the first copy that is taken up claims it (docs/decisions/035).
/// </summary>
public sealed class RedriveMarks(CourierStorage storage)
{
    private const string ContentType = "application/json";
    private const string Folder = "redriven/";

    /// <summary>The id in a mark's name; null for a name of another form.</summary>
    public static string? IdOf(string blob) => blob.StartsWith(Folder, StringComparison.Ordinal) ? DeadLetterSummary.IdOf(blob[Folder.Length..]) : null;

    /// <summary>The mark of this dead letter; null when it has never been sent back.</summary>
    public async Task<RedriveMark?> FindAsync(string id, DateTimeOffset deadLetteredAt, CancellationToken cancellationToken) =>
        (await ReadAsync(id, deadLetteredAt, cancellationToken)).Mark is { } mark && mark.DeadLetteredAt == deadLetteredAt ? mark : null;

    /// <summary>Puts down a mark, or finds the one that is there.</summary>
    public async Task<RedriveMark> PutAsync(string id, RedriveMark mark, CancellationToken cancellationToken)
    {
        while (true)
        {
            (RedriveMark? known, string? etag) = await ReadAsync(id, mark.DeadLetteredAt, cancellationToken);
            if (known?.DeadLetteredAt == mark.DeadLetteredAt)
                return known;
            if (await ReplaceAsync(id, mark, etag, cancellationToken))
                return mark;
        }
    }

    /// <summary>Whether this message is the one that counts: the first that is taken up, at each of its deliveries.</summary>
    public async Task<bool> ClaimAsync(Envelope envelope, QueuedMessage message, CancellationToken cancellationToken)
    {
        (string id, DateTimeOffset at, string claimant) = (envelope.Request.Id, envelope.Delivery.BegunAt, envelope.Delivery.Claimant ?? message.Id);
        while (true)
        {
            (RedriveMark? mark, string? etag) = await ReadAsync(id, at, cancellationToken);
            if (mark is null || mark.ClaimedBy == claimant)
                return true;
            if (mark.ClaimedBy is not null || mark.DeadLetteredAt != at)
                return false;
            if (await ReplaceAsync(id, mark with { ClaimedBy = claimant }, etag, cancellationToken))
                return true;
        }
    }

    private async Task<(RedriveMark? Mark, string? ETag)> ReadAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        StoredBlob? blob = await storage.RequestBodies.ReadAsync(BlobOf(id, at), cancellationToken);
        return (blob is null ? null : Parse(blob), blob?.ETag);
    }

    /// <summary>A mark that cannot be read counts as none: it may be called once more, and is not lost.</summary>
    private static RedriveMark? Parse(StoredBlob blob)
    {
        try
        {
            return JsonSerializer.Deserialize(blob.Content.Span, ProcessingJson.Format.RedriveMark);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<bool> ReplaceAsync(string id, RedriveMark mark, string? etag, CancellationToken cancellationToken) =>
        await storage.RequestBodies.ReplaceAsync(
            BlobOf(id, mark.DeadLetteredAt), JsonSerializer.SerializeToUtf8Bytes(mark, ProcessingJson.Format.RedriveMark), ContentType, etag, cancellationToken) is not null;

    private static string BlobOf(string id, DateTimeOffset at) => $"{Folder}{DeadLetterSummary.BlobOf(id, at)}";
}
