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

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
        WriteAsync(name, content, contentType, s_noLabels, cancellationToken);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        BlobUploadOptions options = new() { HttpHeaders = new BlobHttpHeaders { ContentType = contentType }, Metadata = labels.ToDictionary() };
        return container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
    }

    public async Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
    {
        BlobUploadOptions options = new()
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
            Conditions = etag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(etag) },
        };
        try
        {
            Response<BlobContentInfo> written = await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
            return written.Value.ETag.ToString();
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null; // BlobAlreadyExists, ConditionNotMet
        }
    }

    public async Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken)
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
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
            yield return blob.Name;
    }

    public async IAsyncEnumerable<ListedBlob> ListLabelledAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken))
            yield return new ListedBlob(blob.Name, blob.Properties.LastModified) { Labels = blob.Metadata.AsReadOnly() };
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);
}
