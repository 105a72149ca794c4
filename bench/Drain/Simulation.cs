using System.Diagnostics;
using Courier.Api;
using Courier.Configuration;
using Courier.Origin;
using Courier.Pacing;
using Courier.Processing;
using Courier.Quota;
using Courier.Resilience;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Bench.Drain;

/// <summary>Runs the real ledger, routing and processor of several instances against a modelled queue and API, on a virtual clock.</summary>
internal sealed class Simulation : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    private readonly Scenario _scenario;
    private readonly VirtualClock _clock = new();
    private readonly DateTimeOffset _start;
    private readonly Random _random = new(1);
    private readonly Random _arrivals = new(1); // the same at every size
    private readonly MeteredStorage _storage;
    private readonly QuotaApi _api;
    private readonly HttpMessageInvoker _client;
    private readonly List<(TimeSpan, int, int)> _samples = [];
    private int _posted;

    private Simulation(Scenario scenario)
    {
        _scenario = scenario;
        _start = _clock.GetUtcNow();
        _storage = new MeteredStorage(_clock, _random);
        _api = new QuotaApi(scenario, _clock, _random);
        _client = new HttpMessageInvoker(_api);
    }

    public static Outcome Run(Scenario scenario)
    {
        using Simulation simulation = new(scenario);
        Outcome? outcome = null;
        simulation._clock.Run(async () => outcome = await simulation.RunAsync());
        return outcome!;
    }

    public void Dispose() => _client.Dispose();

    private TimeSpan Elapsed => _clock.GetUtcNow() - _start;

    private async Task<Outcome> RunAsync()
    {
        long wall = Stopwatch.GetTimestamp();
        IMessageQueue queue = _storage.Queue(new QueueOptions().RequestName);
        using CancellationTokenSource finished = new();
        List<ServiceProvider> services = [.. Enumerable.Range(0, _scenario.Instances).Select(Services)];
        List<Instance> instances = [.. services.Select(provider => new Instance(queue, Handler(provider), _clock, IsDown))];
        for (int i = 0; i < _scenario.AlwaysRefused; i++)
            await _storage.PostRefusedAsync(i);
        await PostAsync(_scenario.Backlog);
        List<Task> running = [.. instances.Select(instance => instance.RunAsync(finished.Token))];
        if (_scenario.Foreign > 0)
            running.Add(_api.UseByOthersAsync(finished.Token));
        Task arrivals = ArriveAsync();

        TimeSpan sampling = TimeSpan.FromMinutes(1);
        while (!arrivals.IsCompleted || await queue.CountAsync(CancellationToken.None) > _scenario.AlwaysRefused)
        {
            if (Elapsed > s_longest)
                throw new InvalidOperationException($"{_scenario.Name}: not drained after {s_longest}.");
            _samples.Add((Elapsed, await queue.CountAsync(CancellationToken.None), _api.Calls.Count));
            await Task.Delay(sampling, _clock, CancellationToken.None);
        }

        TimeSpan drained = _api.Successes[^1] - _start;
        finished.Cancel(); // CancelAsync would leave this thread
        await Task.WhenAll(running);
        Outcome outcome = Report(services[0], instances.Sum(instance => instance.Poisoned), drained, Stopwatch.GetElapsedTime(wall));
        foreach (ServiceProvider provider in services)
            await provider.DisposeAsync();
        return outcome;
    }

    private bool IsDown() => _scenario.Down is { } down && Elapsed >= down.From && Elapsed < down.To;

    private async Task PostAsync(int count)
    {
        for (int i = 0; i < count; i++)
            await _storage.PostAsync(_posted++);
    }

    /// <summary>In each hour as many as there shall be, each at a random moment of it.</summary>
    private async Task ArriveAsync()
    {
        for (int hour = 0; hour < _scenario.ArrivalsFor.TotalHours; hour++)
        {
            foreach (double minute in Enumerable.Range(0, _scenario.ArrivalsPerHour).Select(_ => 60 * _arrivals.NextDouble()).Order().ToList())
            {
                await Task.Delay(_start + TimeSpan.FromMinutes((60 * hour) + minute) - _clock.GetUtcNow(), _clock, CancellationToken.None);
                await PostAsync(1);
            }
        }
    }

    private Func<QueuedMessage, Task> Handler(IServiceProvider services)
    {
        if (_scenario.Strategy == Strategy.PlatformDefaults)
            return new PlatformDefaults(_client, _clock).HandleAsync;
        RequestProcessor processor = services.GetRequiredService<RequestProcessor>();
        return message => processor.ProcessAsync(message, CancellationToken.None);
    }

    private ServiceProvider Services(int instance)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:BaseUrl"] = "https://api.test",
            ["Api:Key"] = BenchCourier.ApiKey,
            ["Quota:Limit"] = _scenario.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Quota:Window"] = _scenario.Window.ToString(),
            ["Quota:Reserve"] = _scenario.Reserve.ToString(System.Globalization.CultureInfo.InvariantCulture),
        }).Build();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_scenario.Skew == TimeSpan.Zero ? _clock : new SkewedClock(_clock, _scenario.Skew * ((instance % 3) - 1)));
        services.AddSingleton<Func<double>>(_random.NextDouble);
        services.AddSingleton<IStorage>(_storage);
        if (_scenario.Strategy == Strategy.OwnRetryAfter)
            services.AddSingleton<IAdmission, NoGate>();
        services.AddCourierCore(configuration)
            .ConfigurePrimaryHttpMessageHandler(provider => new ApiHandler(provider.GetRequiredService<IOptions<ApiOptions>>(), _api));
        return services.BuildServiceProvider();
    }

    private Outcome Report(IServiceProvider services, int poisoned, TimeSpan drained, TimeSpan wallTime)
    {
        int ledger = _storage.StateOperations.GetValueOrDefault(LedgerStore.Blob);
        int copies = _storage.Copies.Values.Sum();
        return new Outcome(_scenario)
        {
            Requests = _posted,
            Calls = _api.Calls.Count,
            Refused = _api.Refused,
            FullestWindow = _api.FullestWindow,
            Poisoned = poisoned,
            Succeeded = _api.Order.Distinct().Count(),
            Drained = drained,
            MostCopies = _storage.Copies.Values.Max(),
            Parked = (double)_storage.Copies.Values.Count(count => count > 0) / _posted,
            LedgerOperations = (double)ledger / _posted,
            HoldOperations = (double)_storage.StateOperations.GetValueOrDefault(CredentialHold.Blob) / _posted,
            CopiesEach = (double)copies / _posted,
            Inversion = Inversion(),
            LongestWait = _api.Order.Zip(_api.Successes, (number, at) => at - _storage.PostedAt[number]).Max(),
            LeastWait = LimitAlone.LongestWait(_storage.PostedAt, services.GetRequiredService<IOptions<QuotaOptions>>().Value),
            WallTime = wallTime,
            Samples = _samples,
        };
    }

    private int Inversion()
    {
        int latest = -1, most = 0;
        foreach (int number in _api.Order)
        {
            most = Math.Max(most, latest - number);
            latest = Math.Max(latest, number);
        }

        return most;
    }
}
