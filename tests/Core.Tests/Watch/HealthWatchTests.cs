using System.Net;
using System.Text;
using System.Text.Json;
using Courier.Alerts;
using Courier.Contracts;
using Courier.Health;
using Courier.Sinks;
using Courier.Storage;
using Courier.Tests.Processing;
using Courier.Watch;

namespace Courier.Tests.Watch;

/// <summary>Each alert is raised once and sent at least once, whoever dies and whatever is broken.</summary>
public sealed class HealthWatchTests : IAsyncDisposable
{
    private readonly FakeClock _clock = new();
    private readonly UnsteadyState _storage;
    private readonly List<TestCourier> _couriers = [];
    private Func<CancellationToken, Task<HttpResponseMessage>> _webhook = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    private int _posted;

    public HealthWatchTests() => _storage = new UnsteadyState(new InMemoryStorage(_clock));

    private DateTimeOffset Now => _clock.GetUtcNow();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alert_of_an_instance_that_died_after_deciding_is_sent_by_another_with_the_same_id()
    {
        TestCourier dying = Create(), other = Create();
        await FailAsync(dying);
        _storage.OnDecided = () => throw new OperationCanceledException("The process was killed.");
        await Assert.ThrowsAsync<OperationCanceledException>(() => WatchAsync(dying));
        _storage.OnDecided = static () => { };
        PendingAlert decided = Assert.Single((await other.Get<AlertDesk>().ReadAsync(Cancelled)).Pending);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await WatchAsync(other);
        List<string> early = await IdsAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await WatchAsync(other);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await WatchAsync(other);

        Assert.Empty(early);
        Assert.Equal([decided.Alert.Id], await IdsAsync());
        Assert.Empty((await other.Get<AlertDesk>().ReadAsync(Cancelled)).Pending);
    }

    [Fact]
    public async Task Alert_of_an_instance_that_died_while_sending_comes_again_with_the_same_id()
    {
        TestCourier dying = Create(), other = Create();
        await FailAsync(dying);
        _webhook = Never;
        using CancellationTokenSource kill = new();
        Task sending = dying.Get<HealthWatch>().RunAsync(kill.Token);
        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        _webhook = Accept;

        _clock.Advance(TimeSpan.FromMinutes(2));
        await WatchAsync(other);

        List<string> ids = await IdsAsync();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Looks_at_the_same_moment_raise_each_alert_once(int count)
    {
        TestCourier[] couriers = [.. Enumerable.Range(0, count).Select(_ => Create())];
        await FailAsync(couriers[0], deadLetters: 12);

        await Task.WhenAll(couriers.Select(courier => Task.Run(() => courier.Get<HealthWatch>().RunAsync(Cancelled), Cancelled)));

        Assert.Equal(["api-outage", "dead-letters-rising"], (await IdsAsync()).Select(id => id[..id.LastIndexOf('-')]).Order());
        Assert.Equal(2, _posted);
    }

    [Fact]
    public async Task Webhook_that_hangs_delays_nobody_and_is_tried_again()
    {
        TestCourier courier = Create();
        await FailAsync(courier);
        _webhook = Never;

        Task watch = courier.Get<HealthWatch>().RunAsync(Cancelled);
        List<string> atOnce = await IdsAsync();
        await _clock.RunAsync(() => watch);
        _webhook = Accept;
        int before = _posted;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await WatchAsync(courier);

        Assert.Single(atOnce);
        Assert.Empty(await IdsAsync());
        Assert.Equal(1, _posted - before);
    }

    [Fact]
    public async Task Queue_that_fails_keeps_the_alert_from_nobody_and_gets_it_later()
    {
        TestCourier courier = Create();
        await FailAsync(courier);

        _storage.AreAlertsBroken = true;
        await WatchAsync(courier);
        int posted = _posted;
        _storage.AreAlertsBroken = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await WatchAsync(courier);

        Assert.Equal((1, 1), (posted, _posted));
        Assert.Single(await IdsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task State_that_cannot_be_read_counts_as_none(string content)
    {
        TestCourier courier = Create();
        await courier.Storage.State.WriteAsync(AlertState.Blob, Encoding.UTF8.GetBytes(content), "application/json", Cancelled);
        await FailAsync(courier);

        await WatchAsync(courier);

        Assert.Single(await IdsAsync());
        Assert.Equal(_clock.GetUtcNow(), (await courier.Get<AlertDesk>().ReadAsync(Cancelled)).WatchingSince);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"instance":"i","at":"2026-01-01T00:10:00+00:00"}""")]
    [InlineData("""{"instance":"i","at":"2026-01-01T00:10:00+00:00","buckets":null,"failedCalls":[],"deadLetters":[]}""")]
    [InlineData("""{"instance":"i","at":"2026-01-01T00:10:00+00:00","buckets":[],"failedCalls":[{}],"deadLetters":[]}""")]
    public async Task Report_that_cannot_be_read_is_deleted_and_the_others_count(string content)
    {
        TestCourier courier = Create();
        await FailAsync(courier);
        await courier.Storage.State.WriteAsync("health/broken.json", Encoding.UTF8.GetBytes(content), "application/json", Cancelled);

        await WatchAsync(courier);

        Assert.Single(await IdsAsync());
        Assert.Null(await courier.Storage.State.ReadAsync("health/broken.json", Cancelled));
    }

    [Fact]
    public async Task Report_of_an_instance_that_is_long_gone_is_deleted()
    {
        TestCourier courier = Create();
        await FailAsync(courier);

        _clock.Advance(TimeSpan.FromMinutes(61));
        await WatchAsync(courier);

        Assert.DoesNotContain("health/seen.json", await courier.BlobsAsync(courier.Storage.State));
        Assert.Empty(await IdsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestCourier courier in _couriers)
            await courier.DisposeAsync();
    }

    private static Task<HttpResponseMessage> Accept(CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    private static async Task<HttpResponseMessage> Never(CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return new HttpResponseMessage();
    }

    private TestCourier Create()
    {
        StubApi outside = new(async (request, cancellationToken) =>
        {
            if (request.Method == HttpMethod.Get)
                return new HttpResponseMessage(HttpStatusCode.NotFound); // the status page
            Interlocked.Increment(ref _posted);
            return await _webhook(cancellationToken);
        });
        TestCourier courier = TestCourier.Create(TestAnswers.Always(503), _clock, [new("Alerts:Webhooks:0:Url", "https://hooks.test/x")], _storage, outside);
        _couriers.Add(courier);
        return courier;
    }

    /// <summary>Another instance has told that calls fail for three minutes.</summary>
    private async Task FailAsync(TestCourier courier, int deadLetters = 0)
    {
        _clock.Advance(TimeSpan.FromMinutes(10));
        HealthBucket[] buckets = [.. Enumerable.Range(1, 18).Select(i => new HealthBucket(Now - TimeSpan.FromSeconds(10 * (19 - i)), 3, 3, i == 1 ? deadLetters : 0))];
        string report = JsonSerializer.Serialize(new HealthReport("seen", Now, buckets, [], [], null), HealthJson.Format.HealthReport);
        await courier.Storage.State.WriteAsync("health/seen.json", Encoding.UTF8.GetBytes(report), "application/json", Cancelled);
    }

    private Task WatchAsync(TestCourier courier) => _clock.RunAsync(() => courier.Get<HealthWatch>().RunAsync(Cancelled));

    /// <summary>Of the alerts that are on the queue, which are taken.</summary>
    private async Task<List<string>> IdsAsync()
    {
        IReadOnlyList<QueuedMessage> messages = await _couriers[0].Storage.Alerts.ReceiveAsync(32, TimeSpan.FromDays(1), Cancelled);
        return [.. messages.Select(message => JsonElement.Parse(message.Body.Span).GetProperty("id").GetString()!)];
    }
}
