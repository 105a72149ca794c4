using System.Text;
using System.Text.Json;
using Courier.Api;
using Courier.Contracts;
using Courier.Origin;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Courier.AzureStorage.Tests;

/// <summary>Courier as a host starts it, on the emulator, with a network double for the API and queues of its own.</summary>
internal sealed class HostedCourier : IAsyncDisposable
{
    private readonly IHost _host;

    private HostedCourier(IHost host) => _host = host;

    public CourierStorage Storage => _host.Services.GetRequiredService<CourierStorage>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<HostedCourier> StartAsync(Azurite azurite, HttpMessageHandler api)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Api:BaseUrl"] = "https://api.test",
            ["Api:Key"] = TestCourier.Key,
            ["Quota:Limit"] = "1000000000", // all tests share the emulator's one container for state
            ["Queues:Requests"] = StorageFixture.NewName("requests"),
            ["Queues:Results"] = StorageFixture.NewName("results"),
            ["Queues:DeadLetters"] = StorageFixture.NewName("dead"),
            ["Queues:Alerts"] = StorageFixture.NewName("alerts"),
        }).Build();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCourier(configuration)
            .ConfigurePrimaryHttpMessageHandler(services => new ApiHandler(services.GetRequiredService<IOptions<ApiOptions>>(), api));
        IHost host = builder.Build();
        await host.StartAsync(Cancelled);
        return new HostedCourier(host);
    }

    public Task PostAsync(string message) => _host.Services.GetRequiredService<RequestQueue>()
        .PostAsync(Encoding.UTF8.GetBytes(message), TimeProvider.System.GetUtcNow(), Cancelled);

    /// <summary>Processes the one message that is there and deletes it.</summary>
    /// <returns>The message as it was on the queue.</returns>
    public async Task<QueuedMessage> ProcessAsync()
    {
        QueuedMessage message = Assert.Single(await Storage.Requests.ReceiveAsync(32, TimeSpan.FromMinutes(10), Cancelled));
        await _host.Services.GetRequiredService<RequestProcessor>().ProcessAsync(message, Cancelled);
        await Storage.Requests.DeleteAsync(message, Cancelled);
        return message;
    }

    public static async Task<JsonElement> SingleAsync(IMessageQueue queue) =>
        JsonElement.Parse(Assert.Single(await queue.ReceiveAsync(32, TimeSpan.FromMinutes(10), Cancelled)).Body.Span);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(Cancelled);
        _host.Dispose();
    }
}
