using System.Net;
using Courier.Api;
using Courier.Origin;
using Courier.Pacing;
using Courier.Resilience;
using Courier.Sinks;
using Courier.StatusPages;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Courier.Contracts;

/// <summary>The whole of Courier with a network double for the API: one instance, or several on one storage and one clock. What differs from test to test stands in <see cref="CourierSetup"/>.</summary>
public sealed partial class TestCourier : IAsyncDisposable
{
    public const string Key = "test-key-0123456789";

    private readonly CourierSetup _setup;
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _started = [];

    public TestCourier(CourierSetup setup)
        : this(setup, new ScriptedApi(setup.Time ?? setup.Clock, setup.Api))
    {
    }

    private TestCourier(CourierSetup setup, ScriptedApi api)
    {
        (_setup, Api) = (setup, api);
        _services = Compose(setup, api);
        Instances = [this];
    }

    public FakeClock Clock => _setup.Clock;

    public DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    public ScriptedApi Api { get; }

    /// <summary>Every HTTP attempt, of all instances that share <see cref="Api"/>.</summary>
    public IReadOnlyList<(string Path, DateTimeOffset At)> Calls => Api.Calls;

    public IEnumerable<string> Paths => Calls.Select(call => call.Path);

    /// <summary>What <see cref="Storage"/> stands on.</summary>
    public IStorage Account => Get<IStorage>();

    public CourierStorage Storage => Get<CourierStorage>();

    /// <summary>This one, and those that were added beside it.</summary>
    public List<TestCourier> Instances { get; }

    /// <inheritdoc cref="CourierSetup"/>
    public static TestCourier Create(
        HttpMessageHandler? api = null, FakeClock? clock = null, IEnumerable<KeyValuePair<string, string?>>? settings = null, IStorage? storage = null, HttpMessageHandler? outside = null) =>
        new(new CourierSetup { Api = api, Clock = clock ?? new FakeClock(), Settings = new Dictionary<string, string?>(settings ?? []), Storage = storage, Outside = outside });

    /// <summary>Another instance on the same storage and clock, which calls the same API.</summary>
    public TestCourier Add(params (string Key, string Value)[] settings)
    {
        TestCourier other = new(_setup.With(settings) with { Storage = Account }, Api);
        Instances.Add(other);
        return other;
    }

    /// <summary>Another instance on the same storage and clock, to which the API answers otherwise.</summary>
    public TestCourier Beside(HttpMessageHandler api, params (string Key, string Value)[] settings) =>
        new(_setup.With(settings) with { Storage = Account, Api = api });

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts what runs beside the flow, as a host does.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IHostedService[] services = [.. _services.GetServices<IHostedService>()];
        foreach (IHostedLifecycleService service in services.OfType<IHostedLifecycleService>())
            await service.StartingAsync(cancellationToken);
        foreach (IHostedService service in services)
        {
            await service.StartAsync(cancellationToken);
            _started.Add(service);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IHostedService service in _started)
            await service.StopAsync(CancellationToken.None);
        foreach (TestCourier other in Instances.Where(instance => instance != this))
            await other.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static ServiceProvider Compose(CourierSetup setup, ScriptedApi api)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:BaseUrl"] = "https://api.test",
            ["Api:Key"] = Key,
            ["Resilience:Retries"] = "0",
        }).AddInMemoryCollection(setup.Settings).Build();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(setup.Time ?? setup.Clock);
        services.AddSingleton<Func<double>>(() => 0);
        if (setup.Storage is { } storage)
            services.AddSingleton(storage);
        if (configuration["Quota:Limit"] is null)
            services.AddSingleton<OpenGate>().AddSingleton<IAdmission>(provider => provider.GetRequiredService<OpenGate>()).AddSingleton<IRetryBudget>(provider => provider.GetRequiredService<OpenGate>());
        setup.Register(services, configuration)
            .ConfigurePrimaryHttpMessageHandler(provider => new ApiHandler(provider.GetRequiredService<IOptions<ApiOptions>>(), api));
        services.TryAddSingleton<IStorage>(new InMemoryStorage(setup.Clock)); // where the host registers none
        HttpMessageHandler outside = setup.Outside ?? new StubApi((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)));
        foreach (string client in new[] { StatusPage.HttpClientName, WebhookSink.HttpClientName })
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => outside);
        return services.BuildServiceProvider();
    }
}
