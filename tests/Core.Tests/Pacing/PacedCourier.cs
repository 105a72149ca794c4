using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Storage;
using Courier.Tests.Processing;
using Courier.Tests.Resilience;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pacing;

/// <summary>A whole Courier with a quota of one call in 61 seconds, on watched storage; the API's answers are the test's.</summary>
internal sealed class PacedCourier : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(61);

    private readonly List<(string Path, DateTimeOffset At)> _calls = [];
    private readonly TestCourier _courier;
    private DrainOutlook? _outlook;

    public PacedCourier(Func<string, HttpResponseMessage>? answer = null, PacedCourier? beside = null, params (string Key, string Value)[] settings)
    {
        Clock = beside?.Clock ?? new FakeClock();
        Storage = beside?.Storage ?? new WatchedStorage(Clock);
        StubApi api = new((request, _) =>
        {
            string path = request.RequestUri!.AbsolutePath;
            _calls.Add((path, Clock.GetUtcNow()));
            return Task.FromResult(answer?.Invoke(path) ?? TestAnswers.Create(200, "{}"));
        });
        Dictionary<string, string?> all = new()
        {
            ["Quota:Limit"] = "61",
            ["Quota:Burst"] = "1",
            ["Quota:Reserve"] = "0",
            ["Api:ProbePath"] = "/probe",
        };
        foreach ((string key, string value) in settings)
            all[key] = value;
        _courier = TestCourier.Create(api, Clock, all, Storage);
    }

    public FakeClock Clock { get; }

    public WatchedStorage Storage { get; }

    public IReadOnlyList<(string Path, DateTimeOffset At)> Calls => _calls;

    public IEnumerable<string> Paths => _calls.Select(call => call.Path);

    public int Probes => Paths.Count(path => path == "/probe");

    public Task PostAsync(params string[] paths) => PostAllAsync(paths.Select(path => $$"""{"method":"GET","path":"{{path}}"}"""));

    public async Task PostAllAsync(IEnumerable<string> messages)
    {
        foreach (string message in messages)
            await _courier.PostAsync(message);
    }

    /// <summary>Processes what is visible now.</summary>
    public Task<int> ProcessAsync() => Clock.RunAsync(_courier.ProcessAsync);

    /// <summary>Processes whatever becomes visible until then, looking every second.</summary>
    public async Task ProcessUntilAsync(DateTimeOffset until)
    {
        await ProcessAsync();
        while (Clock.GetUtcNow() < until)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await ProcessAsync();
        }
    }

    public Task ProcessForAsync(TimeSpan time) => ProcessUntilAsync(Clock.GetUtcNow() + time);

    public EventLog<DrainOutlook> Log { get; } = new();

    public Task<DrainForecast> TellForecastAsync()
    {
        _outlook ??= new DrainOutlook(_courier.Get<QuotaLedger>(), _courier.Get<CredentialHold>(), _courier.Get<IOptions<QuotaOptions>>(), Clock, Log);
        return Clock.RunAsync(async () => await _outlook.TellAsync(await WaitingAsync(), CancellationToken.None));
    }

    public Task<LedgerState> LedgerAsync() =>
        Clock.RunAsync(() => _courier.Get<QuotaLedger>().ReadAsync(TimeSpan.Zero, CancellationToken.None).AsTask());

    /// <summary>The one request that is visible, which is put back as it was.</summary>
    public async Task<Delivery> DeliveryAsync()
    {
        QueuedMessage message = Assert.Single(await _courier.Storage.Requests.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None));
        await _courier.Storage.Requests.RenewAsync(message, TimeSpan.Zero, CancellationToken.None);
        return Messages.TestMessages.Request(message.Body.ToArray()).Delivery;
    }

    public Task<int> WaitingAsync() => _courier.Storage.Requests.CountAsync(CancellationToken.None);

    public Task<List<JsonElement>> ResultsAsync() => _courier.ResultsAsync();

    public async Task<List<string?>> ReasonsAsync() => [.. (await _courier.RecordsAsync()).Select(record => record.GetProperty("reason").GetString())];

    public ValueTask DisposeAsync() => _courier.DisposeAsync();
}
