namespace Courier.AzureStorage;

/// <summary>
/// Setting <c>AzureWebJobsStorage</c>, the Functions host's own: a connection string, or addresses and an identity.
/// </summary>
public sealed class StorageAccountOptions
{
    public const string Section = "AzureWebJobsStorage";

    /// <summary>Holds the account's key: never shown.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account, in the public cloud: stands for both addresses.</summary>
    public string? AccountName { get; set; }

    public Uri? QueueServiceUri { get; set; }

    public Uri? BlobServiceUri { get; set; }

    internal Uri? QueueService => QueueServiceUri ?? Service("queue");

    internal Uri? BlobService => BlobServiceUri ?? Service("blob");

    /// <summary><c>managedidentity</c>, or empty for whatever identity the environment offers (a developer's own sign-in, for one).</summary>
    public string? Credential { get; set; }

    /// <summary>The user-assigned identity; empty for the system-assigned one.</summary>
    public string? ClientId { get; set; }

    private Uri? Service(string kind) => string.IsNullOrEmpty(AccountName) ? null : new Uri($"https://{AccountName}.{kind}.core.windows.net");
}
