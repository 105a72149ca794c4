using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.AzureStorage;

/// <summary>An Azure Storage account, or its emulator.</summary>
public sealed class StorageAccount : IStorage
{
    /// <summary>Long for anything that Courier stores. With the client's own 100 seconds and its retries, a storage that goes dumb holds a message for ten minutes.</summary>
    private static readonly TimeSpan s_networkTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Of Azure's own libraries: which ways to sign in are tried.</summary>
    private const string Choice = "AZURE_TOKEN_CREDENTIALS";

    private readonly QueueServiceClient _queues;
    private readonly BlobServiceClient _blobs;

    public StorageAccount(IOptions<StorageAccountOptions> options)
    {
        StorageAccountOptions account = options.Value;
        // Courier encodes and decodes by itself: it accepts raw and Base64 text on one queue.
        QueueClientOptions queueOptions = new() { MessageEncoding = QueueMessageEncoding.None, Retry = { NetworkTimeout = s_networkTimeout } };
        BlobClientOptions blobOptions = new() { Retry = { NetworkTimeout = s_networkTimeout } };
        if (account.ConnectionString is { Length: > 0 } connection)
        {
            (_queues, _blobs) = (new QueueServiceClient(connection, queueOptions), new BlobServiceClient(connection, blobOptions));
            return;
        }

        TokenCredential credential = Credential(account);
        (_queues, _blobs) = (new QueueServiceClient(account.QueueService, credential, queueOptions), new BlobServiceClient(account.BlobService, credential, blobOptions));
    }

    public IMessageQueue Queue(string name) => new StorageQueue(_queues.GetQueueClient(name));

    public IBlobContainer Container(string name) => new StorageContainer(_blobs.GetBlobContainerClient(name));

    private static DefaultAzureCredential Default(string? clientId)
    {
        try
        {
            return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId });
        }
        catch (InvalidOperationException)
        {
            string? chosen = Environment.GetEnvironmentVariable(Choice);
            throw new OptionsValidationException(StorageAccountOptions.Section, typeof(StorageAccountOptions), [$"{Choice} is '{chosen}': it must be dev, prod, or the name of one credential, like AzureCliCredential."]);
        }
    }

    private static TokenCredential Credential(StorageAccountOptions account)
    {
        if (string.IsNullOrEmpty(account.Credential))
            return Default(account.ClientId);
        return new ManagedIdentityCredential(string.IsNullOrEmpty(account.ClientId)
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.FromUserAssignedClientId(account.ClientId));
    }
}
