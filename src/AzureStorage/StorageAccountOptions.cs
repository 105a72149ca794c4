namespace Courier.AzureStorage;

/// <summary>
/// Setting <c>AzureWebJobsStorage</c>, the Functions host's own: a connection string, or addresses and an identity.
/// </summary>
public sealed class StorageAccountOptions
{
    public const string Section = "AzureWebJobsStorage";

    /// <summary>Connection string of an account with queues and blobs. Holds the account's key: never shown.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Instead of it, for an identity: the account, in the public cloud. Stands for both addresses.</summary>
    public string? AccountName { get; set; }

    /// <summary>Instead of it, in any cloud: the address of its queues, https.</summary>
    public Uri? QueueServiceUri { get; set; }

    /// <summary>The address of its blobs, https.</summary>
    public Uri? BlobServiceUri { get; set; }

    internal Uri? QueueService => QueueServiceUri ?? Service("queue");

    internal Uri? BlobService => BlobServiceUri ?? Service("blob");

    /// <summary><c>managedidentity</c>, or empty for whatever identity the environment offers (a developer's own sign-in, for one).</summary>
    public string? Credential { get; set; }

    /// <summary>The user-assigned identity; empty for the system-assigned one.</summary>
    public string? ClientId { get; set; }

    private Uri? Service(string kind) => string.IsNullOrEmpty(AccountName) ? null : new Uri($"https://{AccountName}.{kind}.core.windows.net");
}
