using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Courier.Messages;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Operations.DeadLetters;

/// <summary>The dead letters as operators see them: listed and grouped by their labels, read one by one only where a record's content matters.</summary>
public sealed class DeadLetterBook(CourierStorage storage, TimeProvider time)
{
    /// <summary>Records that are read at a time.</summary>
    private const int AtOnce = 16;

    /// <summary>From tomorrow back, as clocks may differ.</summary>
    private const int RecentDays = 9;

    /// <summary>So many are there before a whole page is: what a person looks at first.</summary>
    private const int FirstPage = 250;

    /// <summary>A longer time is not listed day by day.</summary>
    private static readonly TimeSpan s_manyDays = TimeSpan.FromDays(62);

    /// <summary>Day by day, the oldest day first, and within a day by id. Flat in memory.</summary>
    public IAsyncEnumerable<DeadLetterSummary> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        BlobsAsync(filter, cancellationToken).SelectAsync(blob => MatchAsync(blob, filter, cancellationToken), AtOnce, cancellationToken).Where(letter => letter is not null).Select(letter => letter!);

    /// <summary>Those that match with their records; one that is gone in the meantime is left out.</summary>
    public IAsyncEnumerable<DeadLetterRecord> ReadAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        ListAsync(filter, cancellationToken).SelectAsync(letter => ReadAsync(letter.Blob, cancellationToken), AtOnce, cancellationToken).Where(record => record is not null).Select(record => record!);

    /// <summary>By reason, status and kind of path, the largest group first.</summary>
    public async Task<IReadOnlyList<DeadLetterGroup>> GroupsAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        Dictionary<DeadLetterKind, (int Count, DateTimeOffset First, DeadLetterSummary Last)> groups = [];
        await foreach (DeadLetterSummary letter in ListAsync(filter, cancellationToken))
        {
            DeadLetterKind kind = DeadLetterKind.Of(letter);
            groups[kind] = groups.TryGetValue(kind, out var known)
                ? (known.Count + 1, letter.At < known.First ? letter.At : known.First, letter.At > known.Last.At ? letter : known.Last)
                : (1, letter.At, letter);
        }

        return await groups.OrderByDescending(group => group.Value.Count).ThenByDescending(group => group.Value.Last.At).ToAsyncEnumerable()
            .SelectAsync(group => ExplainAsync(group.Key, group.Value, cancellationToken), AtOnce, cancellationToken).ToListAsync(cancellationToken);
    }

    /// <summary>The latest dead letter of this id; null when there is none. One of the last days is found without looking through all.</summary>
    public async Task<DeadLetterRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!RequestIdentity.IsValidOrPage(id))
            return null;
        DateTimeOffset tomorrow = time.GetUtcNow().AddDays(1);
        DeadLetterRecord?[] recent = await Task.WhenAll(Enumerable.Range(0, RecentDays).Select(day => ReadAsync(DeadLetterSummary.BlobOf(id, tomorrow.AddDays(-day)), cancellationToken)));
        return recent.FirstOrDefault(record => record is not null) ?? await FindListedAsync(id, cancellationToken);
    }

    private async Task<DeadLetterRecord?> FindListedAsync(string id, CancellationToken cancellationToken)
    {
        string? latest = null;
        await foreach (string blob in storage.DeadLetterRecords.ListAsync("", cancellationToken))
        {
            if (DeadLetterSummary.IdOf(blob) == id)
                latest = blob;
        }

        return latest is null ? null : await ReadAsync(latest, cancellationToken);
    }

    /// <summary>Null when there is no such record, or none that can be read.</summary>
    public async Task<DeadLetterRecord?> ReadAsync(string blob, CancellationToken cancellationToken) =>
        await storage.DeadLetterRecords.ReadAsync(blob, cancellationToken) is { } stored ? Parse(stored) : null;

    private static DeadLetterRecord? Parse(StoredBlob stored) =>
        Readable.Parse(stored, MessageJson.Format.DeadLetterRecord) is { Id: not null, Reason: not null } record && Readable.CanBeWritten(record.Request) ? record : null;

    private async Task<DeadLetterGroup> ExplainAsync(
        DeadLetterKind kind, (int Count, DateTimeOffset First, DeadLetterSummary Last) found, CancellationToken cancellationToken)
    {
        DeadLetterRecord? example = await ReadAsync(found.Last.Blob, cancellationToken);
        return new DeadLetterGroup(kind.ToString(), kind.Reason, kind.Status, kind.Path, found.Count, found.First, found.Last.At, found.Last.Id, example?.Cause, example?.Remedies ?? []);
    }

    private async IAsyncEnumerable<ListedBlob> BlobsAsync(DeadLetterFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string prefix in Prefixes(filter))
        {
            await foreach (ListedBlob blob in storage.DeadLetterRecords.ListLabelledAsync(prefix, FirstPage, cancellationToken))
                yield return blob;
        }
    }

    private IEnumerable<string> Prefixes(DeadLetterFilter filter)
    {
        DateTimeOffset until = filter.Until ?? time.GetUtcNow().AddDays(1);
        if (filter.Since is not { } since || until - since > s_manyDays)
            return [""];
        return Enumerable.Range(0, Math.Max(0, (until.UtcDateTime.Date - since.UtcDateTime.Date).Days + 1))
            .Select(day => since.UtcDateTime.Date.AddDays(day).ToString("yyyy-MM-dd/", CultureInfo.InvariantCulture));
    }

    /// <summary>A record that an earlier version wrote has no labels, and is read.</summary>
    private async Task<DeadLetterSummary?> MatchAsync(ListedBlob blob, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        DeadLetterSummary? letter = DeadLetterSummary.Of(blob);
        if (letter is not null && (!filter.Matches(letter) || filter.Text is null))
            return filter.Matches(letter) ? letter : null;
        if (filter.Ids.Count > 0 && !filter.Ids.Contains(DeadLetterSummary.IdOf(blob.Name), StringComparer.Ordinal))
            return null;
        if (await storage.DeadLetterRecords.ReadAsync(blob.Name, cancellationToken) is not { } stored)
            return null;
        letter ??= Parse(stored) is { } record ? DeadLetterSummary.Of(record) with { Blob = blob.Name } : null;
        return letter is not null && filter.Matches(letter) && (filter.Text is null || Holds(stored, filter.Text)) ? letter : null;
    }

    private static bool Holds(StoredBlob stored, string text) => Encoding.UTF8.GetString(stored.Content.Span).Contains(text, StringComparison.OrdinalIgnoreCase);
}
