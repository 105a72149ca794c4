using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Courier.Storage;

namespace Courier.AzureStorage;

/// <summary>A blob container of an Azure Storage account.</summary>
public sealed class StorageContainer(BlobContainerClient container) : IBlobContainer
{
    private static readonly Dictionary<string, string> s_noLabels = [];

    public string Name => container.Name;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) =>
        Call(null).RunAsync(() => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
        WriteAsync(name, content, contentType, s_noLabels, cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        BlobUploadOptions options = new() { HttpHeaders = Headers(contentType), Metadata = labels.ToDictionary() };
        return Call(name).RunAsync(() => container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken), cancellationToken);
    }

    public Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
    {
        BlobUploadOptions options = new()
        {
            HttpHeaders = Headers(contentType),
            Conditions = etag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(etag) },
        };
        return Call(name).RunAsync(
            async () =>
            {
                try
                {
                    Response<BlobContentInfo> written = await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
                    return written.Value.ETag.ToString();
                }
                catch (RequestFailedException e) when (IsConflict(e))
                {
                    return null;
                }
            },
            cancellationToken);
    }

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken) => Call(name).RunAsync(
        async () =>
        {
            try
            {
                Response<BlobDownloadResult> blob = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
                return new StoredBlob(blob.Value.Content.ToMemory(), blob.Value.Details.ContentType, blob.Value.Details.ETag.ToString(), blob.GetRawResponse().Headers.Date);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return null;
            }
        },
        cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
        ListAsync(prefix, BlobTraits.None, null, cancellationToken).Select(blob => blob.Name);

    public IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, CancellationToken cancellationToken) =>
        ListAsync(prefix, BlobTraits.Metadata, null, cancellationToken).Select(Listed);

    public IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, int first, CancellationToken cancellationToken) =>
        ListAsync(prefix, BlobTraits.Metadata, first, cancellationToken).Select(Listed);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        Call(name).RunAsync(async () => await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken), cancellationToken);

    /// <param name="first">How long the first page is; where it is given, each page after the second is asked for while the one before is read.</param>
    private async IAsyncEnumerable<BlobItem> ListAsync(string prefix, BlobTraits traits, int? first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Task<Page<BlobItem>?> asked = AskAsync(null, first);
            for (bool isFirst = true; await asked is { } page; isFirst = false)
            {
                bool isLast = string.IsNullOrEmpty(page.ContinuationToken);
                bool isAhead = !isLast && !isFirst && first is not null;
                if (isAhead)
                    asked = AskAsync(page.ContinuationToken, null);
                foreach (BlobItem blob in page.Values)
                    yield return blob;
                if (isLast)
                    yield break;
                if (!isAhead)
                    asked = AskAsync(page.ContinuationToken, null);
            }
        }
        finally
        {
            await left.CancelAsync(); // whoever lists may stop before a page comes that was asked for
        }

        Task<Page<BlobItem>?> AskAsync(string? next, int? size) => Call(prefix).RunAsync(() => PageAsync(prefix, traits, next, size, left.Token), left.Token);
    }

    public Task DeleteAsync(string name, string etag, CancellationToken cancellationToken) => Call(name).RunAsync(
        async () =>
        {
            try
            {
                return (await container.DeleteBlobIfExistsAsync(name, conditions: new BlobRequestConditions { IfMatch = new ETag(etag) }, cancellationToken: cancellationToken)).Value;
            }
            catch (RequestFailedException e) when (IsConflict(e))
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Another writer was faster. All else that comes as 409 or 412 (a lease, a policy, an archived blob) is a failure.</summary>
    private static bool IsConflict(RequestFailedException e) => e.ErrorCode == BlobErrorCode.ConditionNotMet || e.ErrorCode == BlobErrorCode.BlobAlreadyExists;

    private static BlobHttpHeaders Headers(string contentType) => new() { ContentType = StorableType.Of(contentType) };

    private async Task<Page<BlobItem>?> PageAsync(string prefix, BlobTraits traits, string? next, int? size, CancellationToken cancellationToken)
    {
        await foreach (Page<BlobItem> page in container.GetBlobsAsync(traits, BlobStates.None, prefix, cancellationToken).AsPages(next, size).WithCancellation(cancellationToken))
            return page;
        return null;
    }

    private static ListedBlob Listed(BlobItem blob) => new(blob.Name, blob.Properties.LastModified) { Labels = blob.Metadata.AsReadOnly() };

    private StorageCall Call(string? blob) => new(
        string.IsNullOrEmpty(blob) ? Name : $"{Name}/{blob}", cancellationToken => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
}
