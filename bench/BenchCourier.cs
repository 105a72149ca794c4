using Courier.Api;
using Courier.Configuration;
using Courier.Origin;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Bench;

/// <summary>Courier as the hosts compose it, with the storage and, where given, the network replaced.</summary>
internal static class BenchCourier
{
    public static ServiceProvider Create(IStorage storage, Uri api, HttpMessageHandler? network = null, params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:BaseUrl"] = api.ToString(),
            ["Api:Key"] = ApiKey,
            ["Quota:Limit"] = "1000000000",
            ["Quota:MaxRate"] = "1000000", // the ledger works as ever, and never makes anybody wait
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(storage);
        IHttpClientBuilder client = services.AddCourierCore(configuration);
        if (network is not null)
            client.ConfigurePrimaryHttpMessageHandler(provider => new ApiHandler(provider.GetRequiredService<IOptions<ApiOptions>>(), network));
        return services.BuildServiceProvider();
    }

    public const string ApiKey = "bench-key-000000000000";
}
