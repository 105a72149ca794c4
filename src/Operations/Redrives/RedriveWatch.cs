using Courier.Messages;
using Courier.Operations.DeadLetters;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Operations.Redrives;

/// <summary>Finds out what became of dead letters that were sent back.</summary>
public sealed class RedriveWatch(CourierStorage storage, DeadLetterBook book, TimeProvider time)
{
    private const int AtOnce = 16;

    /// <summary>So many are looked up one by one; of more the days are listed.</summary>
    private const int Few = 64;

    /// <returns>In the order of <paramref name="letters"/>.</returns>
    public async Task<IReadOnlyList<Settling>> LookAsync(IReadOnlyList<SentLetter> letters, CancellationToken cancellationToken)
    {
        HashSet<string>? present = letters.Count <= Few ? null : await PresentAsync(letters, cancellationToken);
        return await letters.ToAsyncEnumerable().SelectAsync(letter => LookAsync(letter, present, cancellationToken), AtOnce, cancellationToken).ToListAsync(cancellationToken);
    }

    /// <param name="present">Where given: the records that wait unchanged, by their blobs; all others are looked up.</param>
    private async Task<Settling> LookAsync(SentLetter letter, HashSet<string>? present, CancellationToken cancellationToken)
    {
        if (present?.Contains(letter.Blob) == true)
            return new Settling.Waiting();
        // A new record may lie under any day since: it is written before the old one is removed.
        foreach (string blob in Days(letter).Select(day => DeadLetterSummary.BlobOf(letter.Id, day)).Append(letter.Blob).Distinct())
        {
            DeadLetterRecord? record = await book.ReadAsync(blob, cancellationToken);
            if (record?.DeadLetteredBefore?.Contains(letter.DeadLetteredAt) == true)
                return new Settling.Returned(Returned(record));
            if (record?.DeadLetteredAt == letter.DeadLetteredAt)
                return new Settling.Waiting();
        }

        return new Settling.Done();
    }

    private async Task<HashSet<string>> PresentAsync(IReadOnlyList<SentLetter> letters, CancellationToken cancellationToken)
    {
        Dictionary<string, DateTimeOffset> sent = letters.ToDictionary(letter => letter.Blob, letter => letter.DeadLetteredAt);
        HashSet<string> present = [];
        foreach (string day in sent.Keys.Select(blob => blob[..(blob.IndexOf('/', StringComparison.Ordinal) + 1)]).Distinct())
        {
            await foreach (ListedBlob blob in storage.DeadLetterRecords.ListLabelledAsync(day, cancellationToken))
            {
                if (DeadLetterSummary.Of(blob) is { } known && sent.TryGetValue(known.Blob, out DateTimeOffset at) && known.At == at)
                    present.Add(known.Blob);
            }
        }

        return present;
    }

    private IEnumerable<DateTimeOffset> Days(SentLetter letter)
    {
        for (DateTimeOffset day = time.GetUtcNow(); day.UtcDateTime.Date >= letter.SentAt.UtcDateTime.Date; day = day.AddDays(-1))
            yield return day;
    }

    private static ReturnedLetter Returned(DeadLetterRecord record) => new(record.Id, record.Reason, record.Status, record.Cause, record.Remedies);
}
