using Courier.Messages;
using Courier.Operations.Audit;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Operations.DeadLetters;

/// <summary>Deletes records of dead letters for good. The messages that announced them stay on their queue.</summary>
public sealed class DeadLetterPurge(CourierStorage storage, DeadLetterBook book, AuditLog audit)
{
    private const int AtOnce = 16;

    /// <summary>Deletes those that match; the audit entry is written first.</summary>
    /// <param name="count">How many the operator was told of.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="ArgumentException">The filter means all.</exception>
    public async Task<int> RunAsync(DeadLetterFilter filter, int count, Operator who, CancellationToken cancellationToken)
    {
        if (filter.IsEmpty)
            throw new ArgumentException("A purge needs a filter.", nameof(filter));
        await audit.WriteAsync(who, "purge", filter.ToString(), count, cancellationToken);
        return await book.ListAsync(filter, cancellationToken).SelectAsync(letter => DeleteAsync(letter, cancellationToken), AtOnce, cancellationToken).CountAsync(isDeleted => isDeleted, cancellationToken);
    }

    private async Task<bool> DeleteAsync(DeadLetterSummary letter, CancellationToken cancellationToken)
    {
        if (await storage.DeadLetterRecords.ReadAsync(letter.Blob, cancellationToken) is not { } stored
            || (Readable.Parse(stored, MessageJson.Format.DeadLetterRecord) is { } record && record.DeadLetteredAt != letter.At))
            return false; // sent back meanwhile, and dead again: nobody has seen that one
        await storage.DeadLetterRecords.DeleteAsync(letter.Blob, stored.ETag, cancellationToken);
        return true;
    }
}
