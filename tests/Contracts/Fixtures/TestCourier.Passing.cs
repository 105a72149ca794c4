using System.Text.Json;
using Courier.Alerts;
using Courier.Health;
using Courier.Storage;
using Courier.Watch;

namespace Courier.Contracts;

/// <summary>
/// All instances driven as hosts drive them: what is on the queue each second, reports each quarter of a minute (each instance at another
/// second), the watch each minute. Nothing else moves the clock, so every second is exact.
/// </summary>
public sealed partial class TestCourier
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    private readonly List<(Alert Alert, DateTimeOffset At)> _alerts = [];
    private readonly List<Task> _running = [];
    private Task _watching = Task.CompletedTask;
    private double _owed;
    private int _next;

    /// <summary>Requests that are posted while time passes, evenly.</summary>
    public double PerMinute { get; set; }

    /// <summary>Whether the timer of <c>WatchHealth</c> runs while time passes.</summary>
    public bool IsWatched { get; set; } = true;

    /// <summary>What came over the queue of alerts while time passed, and when.</summary>
    public IReadOnlyList<(Alert Alert, DateTimeOffset At)> Alerts => _alerts;

    public IEnumerable<string> Kinds => _alerts.Select(alert => alert.Alert.Kind.Text());

    public int Count(AlertKind kind) => _alerts.Count(alert => alert.Alert.Kind == kind);

    /// <summary>The only alert of its kind.</summary>
    public (Alert Alert, DateTimeOffset At) Only(AlertKind kind) => Assert.Single(_alerts, alert => alert.Alert.Kind == kind);

    /// <summary>On a thread without synchronization context, where continuations run inside the clock's callbacks.</summary>
    public Task PassAsync(TimeSpan time) => Task.Run(async () =>
    {
        for (DateTimeOffset end = Now + time; Now < end; Clock.Advance(s_second))
            await TickAsync((int)Now.TimeOfDay.TotalSeconds);
        await NoteAlertsAsync();
    });

    public Task PassUntilAsync(DateTimeOffset then) => PassAsync(then - Now);

    private async Task TickAsync(int second)
    {
        for (_owed += PerMinute / 60; _owed >= 0.999; _owed--)
            await PostCallsAsync("/companies/example.com");
        await TakeTurnsAsync();
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
    private async Task TakeTurnsAsync()
    {
        while (await Storage.Requests.ReceiveAsync(1, s_lease, CancellationToken.None) is [var message])
            _running.Add(Instances[_next++ % Instances.Count].ProcessAsync(message));
    }

    private async Task NoteAlertsAsync()
    {
        while (await Storage.Alerts.ReceiveAsync(32, TimeSpan.FromDays(7), CancellationToken.None) is { Count: > 0 } messages)
            _alerts.AddRange(messages.Select(message => (JsonSerializer.Deserialize(message.Body.Span, AlertJson.Format.Alert)!, Now)));
    }
}
