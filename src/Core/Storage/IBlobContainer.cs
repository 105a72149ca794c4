using System.Runtime.CompilerServices;

namespace Courier.Storage;

/// <summary>One blob container: named byte strings with a content type, which is stored as <see cref="StorableType"/> says. A missing container is made.</summary>
public interface IBlobContainer
{
    string Name { get; }

    Task EnsureExistsAsync(CancellationToken cancellationToken);

    /// <summary>Creates the blob or overwrites it.</summary>
    Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken);

    /// <summary>
    /// The same, with labels: a few words that a listing tells without the blob being read. A container that keeps none still writes the blob;
    /// who lists must be able to do without them.
    /// </summary>
    /// <param name="labels">Names of letters; values of printable ASCII without blanks at their ends, 8 KiB altogether.</param>
    Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        WriteAsync(name, content, contentType, cancellationToken);

    /// <summary>Writes the blob only if it is still at the version <paramref name="etag"/>; null: only if there is none.</summary>
    /// <returns>The new version, or null when another writer was faster, and only then: a lease or policy that forbids the change is a <see cref="StorageFailureException"/>.</returns>
    Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken);

    /// <summary>Null when there is no such blob.</summary>
    Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Names in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Blobs with their labels, in ordinal order of their names.</summary>
    async IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string name in ListAsync(prefix, cancellationToken))
            yield return new ListedBlob(name);
    }

    /// <summary>The same, for who shows them as they come: the first few are there before the many that follow are asked for, and those ahead of need.</summary>
    /// <param name="first">How many are few.</param>
    IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, int first, CancellationToken cancellationToken) => ListLabelledAsync(prefix, cancellationToken);

    /// <summary>Deletes the blob; does nothing when there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes the blob if it is still at that version; does nothing when it was written since, or is gone.</summary>
    Task DeleteAsync(string name, string etag, CancellationToken cancellationToken) => DeleteAsync(name, cancellationToken);
}
