using System.Text.Json;
using Courier.Api;
using Courier.Configuration;
using Courier.Contracts;
using Courier.Messages;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Tests.Resilience;

/// <summary>The API client as it is registered, with its real connections, without pauses.</summary>
internal sealed class LoopbackClient : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly Uri _baseUrl;

    public LoopbackClient(Uri baseUrl, params (string Key, string? Value)[] settings)
    {
        _baseUrl = baseUrl;
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:BaseUrl"] = baseUrl.AbsoluteUri,
            ["Api:Key"] = TestCourier.Key,
            ["Resilience:Retries"] = "0",
            ["Resilience:BaseDelay"] = "0",
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
        ServiceCollection services = new();
        services.AddSingleton<IStorage>(new InMemoryStorage(TimeProvider.System));
        services.AddCourierCore(configuration);
        _services = services.BuildServiceProvider();
    }

    public async Task<CallResult> CallAsync(string method = "GET", string path = "/", string? body = null, bool? idempotent = null, params (string Name, string Value)[] headers)
    {
        ApiRequest request = new()
        {
            Id = "r1",
            Method = method,
            Path = path,
            Target = new Uri(_baseUrl, path),
            Body = body is null ? null : JsonElement.Parse(body),
            Idempotent = idempotent,
            Headers = [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        };
        return (await _services.GetRequiredService<ApiClient>().CallAsync(request, TestContext.Current.CancellationToken)).Result;
    }

    public void Dispose() => _services.Dispose();
}
