using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace Courier.AzureStorage;

internal sealed class StorageAccountOptionsRules : IValidateOptions<StorageAccountOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageAccountOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.ConnectionString))
            return IsConnectionString(options.ConnectionString)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("AzureWebJobsStorage (its value is not shown) is no connection string for queues and blobs: copy it from the storage account's access keys, or write UseDevelopmentStorage=true for the emulator.");
        if (options.AccountName is { Length: > 0 } account && (account.Length is < 3 or > 24 || account.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9')))))
            return ValidateOptionsResult.Fail($"AzureWebJobsStorage:accountName is '{account}': it must be the storage account's name, 3 to 24 lower-case letters and digits.");
        if (options.QueueService is null && options.BlobService is null)
            return ValidateOptionsResult.Fail("AzureWebJobsStorage is not set: it must be a connection string; or set AzureWebJobsStorage:accountName, or AzureWebJobsStorage:queueServiceUri and AzureWebJobsStorage:blobServiceUri for a managed identity.");

        List<string> errors = [.. Address("queueServiceUri", options.QueueService), .. Address("blobServiceUri", options.BlobService)];
        if (options.Credential is { Length: > 0 } credential && !credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
            errors.Add($"AzureWebJobsStorage:credential is '{credential}': it must be managedidentity, or empty.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Address(string key, Uri? address)
    {
        if (address is not { IsAbsoluteUri: true, Scheme: "https" })
            yield return $"AzureWebJobsStorage:{key} is '{address}': it must be the service's https address, like https://account.queue.core.windows.net.";
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = (new QueueServiceClient(text), new BlobServiceClient(text));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            return false; // NullReferenceException is some versions' answer where one of the two services has no address
        }

        string[] keys = [.. text.Split(';').Select(pair => pair.Split('=')[0].Trim())];
        return Names(keys, "UseDevelopmentStorage") || Names(keys, "AccountName") || (Names(keys, "QueueEndpoint") && Names(keys, "BlobEndpoint"));
    }

    private static bool Names(string[] keys, string key) => keys.Contains(key, StringComparer.OrdinalIgnoreCase);
}
