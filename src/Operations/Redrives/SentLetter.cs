using Courier.Messages;
using Courier.Processing;

namespace Courier.Operations.Redrives;

/// <summary>A dead letter that was sent back, as it was then.</summary>
public sealed record SentLetter(string Blob, string Id, DateTimeOffset DeadLetteredAt, string Reason, int? Status, DateTimeOffset SentAt)
{
    public static SentLetter Of(DeadLetterRecord record, DateTimeOffset now) =>
        new(DeadLetterSummary.BlobOf(record.Id, record.DeadLetteredAt), record.Id, record.DeadLetteredAt, record.Reason, record.Status, now);

    /// <summary>Dead again for the same reason.</summary>
    public bool IsSame(ReturnedLetter returned) => returned.Reason == Reason && returned.Status == Status;
}
