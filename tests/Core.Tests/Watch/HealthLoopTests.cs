using Courier.Contracts;
using Courier.Health;
using Courier.Pacing;
using Courier.Storage;
using Courier.Tests.Processing;
using Courier.Watch;

namespace Courier.Tests.Watch;

/// <summary>The loop on a standing clock, with storage that can fail.</summary>
public sealed class HealthLoopTests : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    private readonly FakeClock _clock = new();
    private readonly UnsteadyState _storage;
    private readonly TestCourier _courier;
    private readonly LogLines<HealthLoop> _log = new();
    private readonly HealthLoop _loop;

    public HealthLoopTests()
    {
        _storage = new UnsteadyState(new InMemoryStorage(_clock));
        _courier = TestCourier.Create(TestAnswers.Always(503), _clock, storage: _storage);
        _loop = new HealthLoop(_courier.Get<HealthReports>(), _courier.Get<HealthWatch>(), _courier.Get<CredentialHold>(), _clock, _log);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_seen_is_published_every_quarter_of_a_minute_if_there_is_any_news()
    {
        await _loop.BeginAsync(_clock);
        await SeeACallAsync();

        await PassAsync(s_interval);
        int calls = await PublishedCallsAsync();
        await PassAsync(10 * s_interval);

        Assert.Equal((1, 1), (calls, _storage.Reports));
    }

    [Fact]
    public async Task What_was_seen_last_is_published_when_the_host_stops()
    {
        await _loop.BeginAsync(_clock);
        await SeeACallAsync();

        await _loop.StopAsync(Cancelled);

        Assert.Equal(1, await PublishedCallsAsync());
        Assert.True(_loop.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Storage_that_fails_is_told_once_a_turn_and_nothing_is_lost()
    {
        await _loop.BeginAsync(_clock);
        await SeeACallAsync();
        _storage.IsBroken = true;

        await PassAsync(3 * s_interval);
        int told = _log.Lines.Count;
        _storage.IsBroken = false;
        await PassAsync(s_interval);

        Assert.Equal(3, told);
        Assert.All(_log.Lines, line => Assert.Equal("health.failed", line.Event.Name));
        Assert.Equal(1, await PublishedCallsAsync());
    }

    [Fact]
    public async Task Storage_that_fails_at_the_end_does_not_fail_the_host()
    {
        await _loop.BeginAsync(_clock);
        await SeeACallAsync();
        _storage.IsBroken = true;

        await _loop.StopAsync(Cancelled);

        Assert.True(_loop.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Storage_that_fails_when_the_key_is_refused_is_told_and_the_loop_goes_on()
    {
        await using TestCourier refused = TestCourier.Create(TestAnswers.Always(401), _clock, [new("Quota:Limit", "5000")], _storage);
        LogLines<HealthLoop> log = new();
        using HealthLoop loop = new(refused.Get<HealthReports>(), refused.Get<HealthWatch>(), refused.Get<CredentialHold>(), _clock, log);
        await loop.BeginAsync(_clock);
        await refused.PostAsync("""{"method":"GET","path":"/a"}""");
        await refused.ProcessAsync();
        _storage.IsBroken = true;

        await PassAsync(TimeSpan.FromSeconds(1));
        _storage.IsBroken = false;
        await PassAsync(s_interval);

        Assert.Equal("health.failed", Assert.Single(log.Lines).Event.Name);
        Assert.Equal(1, _storage.Reports);
        await loop.StopAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        await _courier.DisposeAsync();
    }

    /// <summary>From timer to timer: after each the loop has come to its next wait, on whatever thread it began that one.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        DateTimeOffset end = _clock.GetUtcNow() + time;
        while (_clock.UntilNextTimer is { } next && _clock.GetUtcNow() + next <= end)
        {
            await Task.Run(() => _clock.Advance(next), Cancelled);
            while (_clock.Timers == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancelled);
        }

        _clock.Advance(end - _clock.GetUtcNow());
    }

    private async Task SeeACallAsync()
    {
        await _courier.PostAsync("""{"method":"GET","path":"/a"}""");
        await _courier.ProcessAsync();
    }

    private async Task<int> PublishedCallsAsync() => (await _courier.Get<HealthReports>().ReadAsync(Cancelled)).Buckets.Sum(bucket => bucket.Calls);
}
