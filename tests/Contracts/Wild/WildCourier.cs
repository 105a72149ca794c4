using System.Text;
using System.Text.Json;
using Courier.Configuration;
using Courier.Pacing;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Contracts.Wild;

/// <summary>The whole of Courier with its own connections, on the real clock; storage in memory, on a clock that can be put on.</summary>
public sealed class WildCourier : IAsyncDisposable
{
    private const int Forever = 8;

    private readonly FakeClock _storageClock = new();
    private readonly ServiceProvider _services;

    /// <param name="connections">In place of its own connections.</param>
    public WildCourier(Uri api, IEnumerable<KeyValuePair<string, string?>> settings, HttpMessageHandler? connections = null)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:BaseUrl"] = api.AbsoluteUri,
            ["Api:Key"] = TestCourier.Key,
        }).Build();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IStorage>(new InMemoryStorage(_storageClock));
        services.AddSingleton<IAdmission, OpenGate>();
        IHttpClientBuilder client = services.AddCourierCore(configuration);
        if (connections is not null)
            client.ConfigurePrimaryHttpMessageHandler(provider => new Api.ApiHandler(provider.GetRequiredService<IOptions<Origin.ApiOptions>>(), connections));
        _services = services.BuildServiceProvider();
    }

    private CourierStorage Storage => _services.GetRequiredService<CourierStorage>();

    /// <summary>Processes a message once, as a host does. An exception is one that the host would meet.</summary>
    public Task ProcessAsync(string message) => _services.GetRequiredService<RequestProcessor>().ProcessAsync(
        new QueuedMessage("m", Encoding.UTF8.GetBytes(message), _storageClock.GetUtcNow(), 1), CancellationToken.None);

    /// <summary>Everything that has come of the messages so far, as JSON, taken from queues and blobs.</summary>
    public async Task<WildOutcome> TakeAsync()
    {
        List<JsonElement> records = [];
        await foreach (string name in Storage.DeadLetterRecords.ListAsync("", CancellationToken.None))
            records.Add(JsonElement.Parse((await Storage.DeadLetterRecords.ReadAsync(name, CancellationToken.None))!.Content.Span));
        List<JsonElement> results = await DrainAsync(Storage.Results);
        _storageClock.Advance(TimeSpan.FromDays(Forever));
        return new WildOutcome(results, records, await DrainAsync(Storage.Requests));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task<List<JsonElement>> DrainAsync(IMessageQueue queue)
    {
        List<JsonElement> messages = [];
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } received)
        {
            foreach (QueuedMessage message in received)
            {
                messages.Add(JsonElement.Parse(message.Body.Span));
                await queue.DeleteAsync(message, CancellationToken.None);
            }
        }

        return messages;
    }
}
