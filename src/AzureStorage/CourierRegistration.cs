using Courier.AzureStorage;
using Courier.Configuration;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Courier;

/// <summary>Registers Courier: the one registration, for the Functions app and the local host alike.</summary>
public static class CourierRegistration
{
    /// <returns>The API's HTTP client, with its resilience handler.</returns>
    public static IHttpClientBuilder AddCourier(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<IStorage, StorageAccount>();
        services.AddSingleton<IValidateOptions<StorageAccountOptions>, StorageAccountOptionsRules>();
        services.AddOptions<StorageAccountOptions>().Configure(options => Bind(configuration.GetSection(StorageAccountOptions.Section), options));
        if (services.Any(service => service.ServiceType == typeof(IStorage) && service.ImplementationType == typeof(StorageAccount)))
            services.AddOptions<StorageAccountOptions>().ValidateOnStart();
        return services.AddCourierCore(configuration);
    }

    private static void Bind(IConfigurationSection section, StorageAccountOptions options)
    {
        options.ConnectionString = section.Value;
        options.AccountName = section["accountName"]?.Trim();
        options.QueueServiceUri = Address(section["queueServiceUri"]);
        options.BlobServiceUri = Address(section["blobServiceUri"]);
        options.Credential = section["credential"];
        options.ClientId = section["clientId"];
    }

    /// <summary>What is no address at all is escaped, so that the rules refuse it and show it, together with all other errors.</summary>
    private static Uri? Address(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text.Trim(), UriKind.RelativeOrAbsolute, out Uri? address) ? address
        : new Uri(Uri.EscapeDataString(text), UriKind.Relative);
}
