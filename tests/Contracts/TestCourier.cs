using System.Net;
using System.Text;
using System.Text.Json;
using Courier.Api;
using Courier.Configuration;
using Courier.Origin;
using Courier.Pacing;
using Courier.Processing;
using Courier.Sinks;
using Courier.StatusPages;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Contracts;

/// <summary>The whole of Courier on a standing clock, with storage in memory and a network double for the API.</summary>
public sealed class TestCourier : IAsyncDisposable
{
    public const string Key = "test-key-0123456789";

    private readonly ServiceProvider _services;

    private TestCourier(ServiceProvider services, FakeClock clock) => (_services, Clock) = (services, clock);

    public FakeClock Clock { get; }

    public CourierStorage Storage => Get<CourierStorage>();

    /// <param name="settings">On top of: a key, a base address, no in-process retries, no jitter. Pacing is off unless <c>Quota:Limit</c> is among them.</param>
    /// <param name="outside">The status page and the webhooks; without it they answer 404.</param>
    public static TestCourier Create(
        HttpMessageHandler api, FakeClock? clock = null, IEnumerable<KeyValuePair<string, string?>>? settings = null, IStorage? storage = null, HttpMessageHandler? outside = null)
    {
        clock ??= new FakeClock();
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:BaseUrl"] = "https://api.test",
            ["Api:Key"] = Key,
            ["Resilience:Retries"] = "0",
        }).AddInMemoryCollection(settings ?? []).Build();

        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<Func<double>>(() => 0);
        services.AddSingleton(storage ?? new InMemoryStorage(clock));
        if (configuration["Quota:Limit"] is null)
            services.AddSingleton<IAdmission, OpenGate>();
        services.AddCourierCore(configuration)
            .ConfigurePrimaryHttpMessageHandler(provider => new ApiHandler(provider.GetRequiredService<IOptions<ApiOptions>>(), api));
        outside ??= new StubApi((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)));
        foreach (string client in new[] { StatusPage.HttpClientName, WebhookSink.HttpClientName })
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => outside);
        return new TestCourier(services.BuildServiceProvider(), clock);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task PostAsync(string message) => Storage.Requests.SendAsync(Encoding.UTF8.GetBytes(message), TimeSpan.Zero, CancellationToken.None);

    /// <summary>Processes the visible messages once each and deletes them, as a host does.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ProcessAsync()
    {
        int count = 0;
        while (await Storage.Requests.ReceiveAsync(32, TimeSpan.FromMinutes(10), CancellationToken.None) is { Count: > 0 } messages)
        {
            foreach (QueuedMessage message in messages)
            {
                await Get<RequestProcessor>().ProcessAsync(message, CancellationToken.None);
                await Storage.Requests.DeleteAsync(message, CancellationToken.None);
                count++;
            }
        }

        return count;
    }

    public Task<List<JsonElement>> ResultsAsync() => DrainAsync(Storage.Results);

    /// <summary>The doorbells.</summary>
    public Task<List<JsonElement>> DeadLettersAsync() => DrainAsync(Storage.DeadLetters);

    /// <summary>The records, from their blobs.</summary>
    public async Task<List<JsonElement>> RecordsAsync()
    {
        List<JsonElement> records = [];
        await foreach (string name in Storage.DeadLetterRecords.ListAsync("", CancellationToken.None))
            records.Add(JsonElement.Parse((await Storage.DeadLetterRecords.ReadAsync(name, CancellationToken.None))!.Content.Span));
        return records;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task<List<JsonElement>> DrainAsync(IMessageQueue queue)
    {
        List<JsonElement> messages = [];
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } received)
            messages.AddRange(received.Select(message => JsonElement.Parse(message.Body.Span)));
        return messages;
    }
}
