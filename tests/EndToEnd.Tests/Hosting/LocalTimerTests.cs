using Courier.Contracts;
using Courier.LocalHost.Timers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>The timer on a standing clock, whose handler is the test's.</summary>
public sealed class LocalTimerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _clock = new(s_start.AddSeconds(20.25));
    private readonly List<string> _runs = [];
    private Func<CancellationToken, Task> _handle = _ => Task.CompletedTask;
    private LocalTimer? _timer;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_runs_at_each_full_minute_and_not_at_start()
    {
        await StartAsync();

        await PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(["06:01:00", "06:02:00", "06:03:00"], _runs);
    }

    [Fact]
    public async Task Interval_may_be_another()
    {
        await StartAsync(TimeSpan.FromSeconds(15));

        await PassAsync(TimeSpan.FromSeconds(45));

        Assert.Equal(["06:00:30", "06:00:45", "06:01:00"], _runs);
    }

    [Fact]
    public async Task Run_that_takes_longer_is_never_beside_another_and_the_next_is_at_a_full_minute()
    {
        _handle = cancellationToken => Task.Delay(TimeSpan.FromSeconds(90), _clock, cancellationToken);
        await StartAsync();

        await PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["06:01:00", "06:03:00", "06:05:00"], _runs);
    }

    [Fact]
    public async Task Failed_run_does_not_stop_the_next()
    {
        _handle = _ => throw new InvalidOperationException("The handler failed.");
        await StartAsync();

        await PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["06:01:00", "06:02:00"], _runs);
    }

    [Fact]
    public async Task Stopping_waits_for_the_run_and_tells_it()
    {
        TaskCompletionSource told = new(), end = new();
        _handle = async cancellationToken =>
        {
            await using CancellationTokenRegistration _ = cancellationToken.Register(told.SetResult);
            await end.Task;
        };
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));

        Task stopping = _timer!.StopAsync(Cancelled);
        await told.Task.WaitAsync(Eventually.Patience, Cancelled);
        bool stoppedBefore = stopping.IsCompleted;
        end.SetResult();
        await stopping.WaitAsync(Eventually.Patience, Cancelled);

        Assert.False(stoppedBefore);
        Assert.True(_timer.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Stopping_between_two_runs_is_no_failure()
    {
        await StartAsync();

        await _timer!.StopAsync(Cancelled).WaitAsync(Eventually.Patience, Cancelled);

        Assert.True(_timer.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(_runs);
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is null)
            return;
        await _timer.StopAsync(CancellationToken.None);
        _timer.Dispose();
    }

    /// <summary>Returns when the timer waits.</summary>
    private async Task StartAsync(TimeSpan? interval = null)
    {
        _timer = new LocalTimer("test", RunAsync, _clock, NullLogger<LocalTimer>.Instance, interval);
        await _timer.StartAsync(Cancelled);
        await Eventually.TrueAsync(() => _clock.UntilNextTimer is not null);
    }

    /// <summary>From timer to timer; continuations run inside the clock's callbacks.</summary>
    private Task PassAsync(TimeSpan time) => Task.Run(() => _clock.Advance(time), Cancelled);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _runs.Add(_clock.GetUtcNow().ToString("HH:mm:ss", null));
        await _handle(cancellationToken);
    }
}
