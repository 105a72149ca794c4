using Courier.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Setting = (string Key, string? Value);

namespace Courier.AzureStorage.Tests;

public sealed class StorageAccountOptionsTests
{
    private const string Queues = "https://account.queue.core.windows.net";
    private const string Blobs = "https://account.blob.core.windows.net";

    /// <summary>Base64 of nothing in particular.</summary>
    private const string SomeKey = "c29tZS1hY2NvdW50LWtleS10aGF0LWlzLW5vLWtleQ==";

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=account;AccountKey={SomeKey};EndpointSuffix=core.windows.net")]
    [InlineData($"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={SomeKey};BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;")]
    [InlineData($"BlobEndpoint={Blobs};QueueEndpoint={Queues};SharedAccessSignature=sv=2024-01-01&sig=c2ln")]
    public void Connection_string_is_accepted(string connection) => Assert.Empty(Errors(("AzureWebJobsStorage", connection)));

    [Theory]
    [InlineData("secret-and-nothing-else")]
    [InlineData("AccountName=account;AccountKey=secret")]
    [InlineData("AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=account;AccountKey=secret!;EndpointSuffix=core.windows.net")]
    [InlineData($"QueueEndpoint={Queues};SharedAccessSignature=sig=secret")]
    [InlineData($"BlobEndpoint={Blobs};SharedAccessSignature=sig=secret")]
    public void Broken_connection_string_is_refused_and_never_shown(string connection)
    {
        string error = Assert.Single(Errors(("AzureWebJobsStorage", connection)));

        Assert.StartsWith("AzureWebJobsStorage (its value is not shown)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("c2VjcmV0", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Missing_setting_names_both_forms(string? connection)
    {
        string error = Assert.Single(Errors(("AzureWebJobsStorage", connection)));

        Assert.Contains("AzureWebJobsStorage is not set", error, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage:queueServiceUri", error, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage:blobServiceUri", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage:accountName", "account")]
    [InlineData("AzureWebJobsStorage:AccountName", " account1 ")]
    public void Name_of_the_account_alone_is_enough(string key, string name)
    {
        Assert.Empty(Errors((key, name)));
        Assert.Empty(Errors((key, name), ("AzureWebJobsStorage:credential", "managedidentity"), ("AzureWebJobsStorage:queueServiceUri", Queues)));
    }

    [Theory]
    [InlineData("Account")]
    [InlineData("my-account")]
    [InlineData("ab")]
    [InlineData("account.evil.example/")]
    public void Name_that_no_account_has_is_refused(string name)
    {
        string error = Assert.Single(Errors(("AzureWebJobsStorage:accountName", name)));

        Assert.Equal($"AzureWebJobsStorage:accountName is '{name}': it must be the storage account's name, 3 to 24 lower-case letters and digits.", error);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("managedidentity", null)]
    [InlineData("ManagedIdentity", "8d6b5f2e-0000-0000-0000-000000000000")]
    [InlineData(null, "8d6b5f2e-0000-0000-0000-000000000000")]
    [InlineData("", "")]
    public void Identity_builds_clients_without_asking_for_a_token(string? credential, string? clientId)
    {
        IServiceCollection services = Services(
            ("AzureWebJobsStorage:queueServiceUri", Queues), ("AzureWebJobsStorage:blobServiceUri", Blobs),
            ("AzureWebJobsStorage:credential", credential), ("AzureWebJobsStorage:clientId", clientId));
        using ServiceProvider provider = services.BuildServiceProvider();

        Storage.IStorage storage = provider.GetRequiredService<Storage.IStorage>();

        Assert.IsType<StorageAccount>(storage);
        Assert.Equal(("api-requests", "api-results"), (storage.Queue("api-requests").Name, storage.Container("api-results").Name));
    }

    [Fact]
    public void Both_addresses_are_needed()
    {
        Assert.Contains("AzureWebJobsStorage:blobServiceUri", Assert.Single(Errors(("AzureWebJobsStorage:queueServiceUri", Queues))), StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage:queueServiceUri", Assert.Single(Errors(("AzureWebJobsStorage:blobServiceUri", Blobs))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://account.queue.core.windows.net")]
    [InlineData("account.queue.core.windows.net")]
    [InlineData("/queues")]
    public void Address_must_be_https(string address)
    {
        string error = Assert.Single(Errors(("AzureWebJobsStorage:queueServiceUri", address), ("AzureWebJobsStorage:blobServiceUri", Blobs)));

        Assert.StartsWith($"AzureWebJobsStorage:queueServiceUri is '{address}", error, StringComparison.Ordinal);
        Assert.Contains("https", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://[")]
    [InlineData("https://")]
    [InlineData("https://queues:port")]
    public void What_is_no_address_at_all_is_refused_like_any_wrong_one(string address)
    {
        IReadOnlyList<string> errors = Errors(("AzureWebJobsStorage:queueServiceUri", address), ("AzureWebJobsStorage:blobServiceUri", address));

        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Contains("ServiceUri is 'https", error, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_come_at_once()
    {
        IReadOnlyList<string> errors = Errors(
            ("AzureWebJobsStorage:queueServiceUri", "http://a"), ("AzureWebJobsStorage:blobServiceUri", "http://b"), ("AzureWebJobsStorage:credential", "password"));

        Assert.Equal(3, errors.Count);
        Assert.Contains(errors, error => error.StartsWith("AzureWebJobsStorage:credential is 'password'", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_storage_needs_no_account()
    {
        ServiceCollection services = new();
        services.AddSingleton<Storage.IStorage>(new Storage.InMemoryStorage(TimeProvider.System));
        services.AddCourier(Configuration());
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();

        Assert.IsType<Storage.InMemoryStorage>(provider.GetRequiredService<Storage.IStorage>());
    }

    [Fact]
    public void Registration_validates_at_start_and_says_everything_at_once()
    {
        ServiceCollection services = new();
        services.AddCourier(new ConfigurationBuilder().AddInMemoryCollection([new("Routing:MaxAttempts", "many")]).Build());
        using ServiceProvider provider = services.BuildServiceProvider();

        Exception error = Assert.ThrowsAny<Exception>(provider.GetRequiredService<IStartupValidator>().Validate);

        string? text = StartupErrors.Describe(error);
        Assert.Contains("AzureWebJobsStorage is not set", text, StringComparison.Ordinal);
        Assert.Contains("Api:Key is not set", text, StringComparison.Ordinal);
        Assert.Contains("Routing:MaxAttempts is 'many'", text, StringComparison.Ordinal);
    }

    /// <summary>What the start says about the storage account; everything else is set.</summary>
    private static IReadOnlyList<string> Errors(params Setting[] settings)
    {
        using ServiceProvider provider = Services(settings).BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            provider.GetRequiredService<Storage.IStorage>();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    private static ServiceCollection Services(params Setting[] settings)
    {
        ServiceCollection services = new();
        services.AddCourier(Configuration(settings));
        return services;
    }

    private static IConfiguration Configuration(params Setting[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Api:Key", "test-key"), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))])
        .Build();
}
