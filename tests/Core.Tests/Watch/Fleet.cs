using System.Text.Json;
using Courier.Alerts;
using Courier.Contracts;
using Courier.Health;
using Courier.Processing;
using Courier.Storage;
using Courier.Tests.Processing;
using Courier.Watch;

namespace Courier.Tests.Watch;

/// <summary>
/// Whole Couriers on one storage and one clock, driven as hosts drive them: what is on the queue each second, reports each quarter of a minute
/// (each instance at another second), the watch each minute. Nothing else moves the clock, so every second is exact.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>No answer until the attempt times out.</summary>
    public const int Hangs = 0;

    /// <summary>The connection is refused.</summary>
    public const int Refuses = -1;

    public const string Probe = "/probe";

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly List<(string Path, DateTimeOffset At)> _calls = [];
    private readonly List<(Alert Alert, DateTimeOffset At)> _alerts = [];
    private readonly List<Task> _running = [];
    private readonly InMemoryStorage _storage;
    private readonly Dictionary<string, string?> _settings;
    private readonly StubApi _api;
    private Task _watching = Task.CompletedTask;
    private double _owed;
    private int _posted;
    private int _next;

    public Fleet(int size, params (string Key, string Value)[] settings)
    {
        _storage = new InMemoryStorage(Clock);
        _settings = new() { ["Resilience:Retries"] = "3", ["Api:ProbePath"] = Probe };
        foreach ((string key, string value) in settings)
            _settings[key] = value;
        _api = new StubApi(AnswerAsync);
        for (int i = 0; i < size; i++)
            Add();
    }

    public FakeClock Clock { get; } = new(Start);

    public List<TestCourier> Instances { get; } = [];

    /// <summary>What the API answers to a path: a status, <see cref="Hangs"/> or <see cref="Refuses"/>.</summary>
    public Func<string, int> Answer { get; set; } = static _ => 200;

    public string RetryAfter { get; set; } = "60";

    /// <summary>Requests that are posted, evenly.</summary>
    public double PerMinute { get; set; }

    /// <summary>Whether the timer of <c>WatchHealth</c> runs.</summary>
    public bool IsWatched { get; set; } = true;

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Every HTTP attempt.</summary>
    public IReadOnlyList<(string Path, DateTimeOffset At)> Calls => _calls;

    public IEnumerable<DateTimeOffset> Probes => _calls.Where(call => call.Path == Probe).Select(call => call.At);

    /// <summary>What came over the queue, and when.</summary>
    public IReadOnlyList<(Alert Alert, DateTimeOffset At)> Alerts => _alerts;

    public IEnumerable<string> Kinds => _alerts.Select(alert => alert.Alert.Kind.Text());

    public TestCourier Add(params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = new(_settings);
        foreach ((string key, string value) in settings)
            all[key] = value;
        TestCourier courier = TestCourier.Create(_api, Clock, all, _storage);
        Instances.Add(courier);
        return courier;
    }

    public int Count(AlertKind kind) => _alerts.Count(alert => alert.Alert.Kind == kind);

    /// <summary>The only alert of its kind.</summary>
    public (Alert Alert, DateTimeOffset At) Single(AlertKind kind) => Assert.Single(_alerts, alert => alert.Alert.Kind == kind);

    public async Task PostAsync(params string[] paths)
    {
        foreach (string path in paths)
            await Instances[0].PostAsync($$"""{"id":"r{{_posted++}}","method":"GET","path":"{{path}}","reply":false}""");
    }

    public Task<int> WaitingAsync() => Instances[0].Storage.Requests.CountAsync(CancellationToken.None);

    /// <summary>On a thread without synchronization context, where continuations run inside the clock's callbacks.</summary>
    public Task PassAsync(TimeSpan time) => Task.Run(async () =>
    {
        for (DateTimeOffset end = Now + time; Now < end; Clock.Advance(s_second))
            await TickAsync();
        await NoteAlertsAsync();
    });

    public Task PassUntilAsync(DateTimeOffset then) => PassAsync(then - Now);

    public async ValueTask DisposeAsync()
    {
        foreach (TestCourier courier in Instances)
            await courier.DisposeAsync();
    }

    private async Task TickAsync()
    {
        int second = (int)(Now - Start).TotalSeconds;
        for (_owed += PerMinute / 60; _owed >= 0.999; _owed--)
            await PostAsync("/companies/example.com");
        await TakeAsync();
        for (int i = 0; i < Instances.Count; i++)
        {
            if ((second + (4 * i)) % 15 == 7)
                _running.Add(Instances[i].Get<HealthReports>().PublishAsync(CancellationToken.None));
        }

        if (IsWatched && second % 60 == 0 && _watching.IsCompleted)
            _running.Add(_watching = Instances[0].Get<HealthWatch>().RunAsync(CancellationToken.None));
        foreach (Task ended in _running.Where(task => task.IsCompleted))
            await ended;
        _running.RemoveAll(task => task.IsCompleted);
        await NoteAlertsAsync();
    }

    /// <summary>Each instance takes its turn; what it processes may last.</summary>
    private async Task TakeAsync()
    {
        while (await Instances[0].Storage.Requests.ReceiveAsync(1, TimeSpan.FromMinutes(10), CancellationToken.None) is [var message])
            _running.Add(ProcessAsync(Instances[_next++ % Instances.Count], message));
    }

    private static async Task ProcessAsync(TestCourier courier, QueuedMessage message)
    {
        await courier.Get<RequestProcessor>().ProcessAsync(message, CancellationToken.None);
        await courier.Storage.Requests.DeleteAsync(message, CancellationToken.None);
    }

    private async Task NoteAlertsAsync()
    {
        while (await Instances[0].Storage.Alerts.ReceiveAsync(32, TimeSpan.FromDays(7), CancellationToken.None) is { Count: > 0 } messages)
            _alerts.AddRange(messages.Select(message => (JsonSerializer.Deserialize(message.Body.Span, AlertJson.Format.Alert)!, Now)));
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        _calls.Add((path, Now));
        switch (Answer(path))
        {
            case Hangs:
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                throw new InvalidOperationException("It hangs for ever.");
            case Refuses:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            case 429:
                return TestAnswers.Create(429, "{}", ("Retry-After", RetryAfter));
            case var status:
                return TestAnswers.Create(status, "{}", ("x-request-id", $"x{_calls.Count}"));
        }
    }
}
