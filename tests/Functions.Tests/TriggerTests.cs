using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Courier.Contracts;
using Courier.Messages;
using Courier.Processing;
using Courier.Schedules;
using Courier.Storage;
using Courier.Watch;
using Microsoft.Azure.Functions.Worker;

namespace Courier.Functions.Tests;

/// <summary>The triggers hand a message on as the host gave it, and let the host know whether it may be deleted.</summary>
public sealed class TriggerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_inserted = new(2025, 12, 31, 23, 0, 0, TimeSpan.Zero);

    private readonly BrokenStorage _storage;
    private readonly StubApi _api = new(HttpStatusCode.OK);
    private readonly TestCourier _courier;

    public TriggerTests()
    {
        FakeClock clock = new();
        _storage = new BrokenStorage(clock);
        _courier = TestCourier.Create(_api, clock, storage: _storage, settings:
        [
            new("Schedules:0:Name", "hourly"), new("Schedules:0:Cron", "0 0 * * * *"), new("Schedules:0:Request", """{"method":"GET","path":"/portfolios"}"""),
        ]);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private CapturePoison Capture => new(_courier.Get<PoisonCapture>());

    [Theory]
    [InlineData("""{"method":"GET","path":"/portfolios","metadata":{"of":"me"}}""", false)]
    [InlineData("""{"method":"GET","path":"/portfolios","metadata":{"of":"me"}}""", true)]
    public async Task Request_is_processed_as_it_came(string text, bool isBase64)
    {
        QueueMessage message = Message(isBase64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text);

        await ProcessAsync(message);

        JsonElement result = Assert.Single(await _courier.ResultsAsync());
        Assert.Equal("me", result.GetProperty("metadata").GetProperty("of").GetString());
        Assert.Equal(RequestIdentity.Make(new QueuedMessage("m1", default, s_inserted, 1)), result.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Message_that_is_no_request_is_settled_and_may_be_deleted()
    {
        await ProcessAsync(Message("not a request"));

        JsonElement letter = Assert.Single(await _courier.DeadLettersAsync());
        Assert.Equal(("invalid-message", s_inserted), (letter.GetProperty("reason").GetString(), letter.GetProperty("firstSeenAt").GetDateTimeOffset()));
        Assert.Empty(_api.Sent);
    }

    [Fact]
    public async Task Request_comes_back_when_nothing_can_be_written()
    {
        _storage.Broken.UnionWith(["api-results", "api-dead-letters"]);

        await Assert.ThrowsAsync<IOException>(() => ProcessAsync(Message("""{"method":"GET","path":"/portfolios"}""")));
    }

    [Fact]
    public async Task Request_that_is_cancelled_before_its_call_comes_back_uncalled()
    {
        using CancellationTokenSource stopping = new();
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ProcessAsync(Message("""{"method":"GET","path":"/portfolios"}"""), stopping.Token));

        Assert.Empty(_api.Sent);
    }

    [Fact]
    public async Task Poison_becomes_a_dead_letter_uncalled()
    {
        await Capture.RunAsync(Message("""{"id":"r1","method":"GET","path":"/portfolios"}""", dequeueCount: 1), Cancelled);

        JsonElement letter = Assert.Single(await _courier.DeadLettersAsync());
        Assert.Equal(("r1", "crashed", s_inserted), (letter.GetProperty("id").GetString(), letter.GetProperty("reason").GetString(), letter.GetProperty("firstSeenAt").GetDateTimeOffset()));
        Assert.Empty(_api.Sent);
        Assert.Equal(0, await _courier.Storage.Poison.CountAsync(Cancelled));
    }

    [Fact]
    public async Task Poison_that_cannot_be_captured_is_put_back_where_it_never_expires()
    {
        _storage.Broken.Add("api-dead-letters");

        await Capture.RunAsync(Message("""{"id":"r1"}"""), Cancelled);

        Assert.Empty(await _courier.Storage.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancelled));
        _courier.Clock.Advance(TimeSpan.FromMinutes(5));
        QueuedMessage again = Assert.Single(await _courier.Storage.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancelled));
        Assert.Equal("""{"id":"r1"}"""u8, again.Body.Span);
    }

    [Fact]
    public async Task Poison_escapes_to_the_host_when_even_putting_it_back_fails()
    {
        _storage.Broken.UnionWith(["api-dead-letters", "api-requests-poison"]);

        await Assert.ThrowsAsync<IOException>(() => Capture.RunAsync(Message("{}"), Cancelled));
    }

    [Fact]
    public async Task Timer_runs_the_schedules_that_are_due()
    {
        await TickAsync();
        _courier.Clock.Advance(TimeSpan.FromHours(1));
        await TickAsync();

        Assert.Equal("hourly-20260101T010000Z", Assert.Single(await _courier.ResultsAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Timer_raises_the_alerts_that_are_due_and_sends_them()
    {
        for (int i = 0; i < 10; i++)
            await Capture.RunAsync(Message($$"""{"id":"r{{i}}"}"""), Cancelled);

        await WatchAsync();

        QueuedMessage message = Assert.Single(await _courier.Storage.Alerts.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancelled));
        Assert.Equal("dead-letters-rising", JsonElement.Parse(message.Body.Span).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Timer_fails_where_the_host_sees_it_when_the_watch_cannot_be_kept()
    {
        using CancellationTokenSource stopping = new();
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WatchAsync(stopping.Token));
    }

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

    /// <summary>The trigger, for as long as it takes on the clock.</summary>
    private Task ProcessAsync(QueueMessage message, CancellationToken? cancellation = null) =>
        _courier.Clock.RunAsync(() => new ProcessRequest(_courier.Get<RequestProcessor>()).RunAsync(message, cancellation ?? Cancelled));

    private Task TickAsync() => _courier.Clock.RunAsync(() => new RunSchedules(_courier.Get<ScheduleRunner>()).RunAsync(new TimerInfo(), Cancelled));

    private Task WatchAsync(CancellationToken? cancellation = null) =>
        _courier.Clock.RunAsync(() => new WatchHealth(_courier.Get<HealthWatch>()).RunAsync(new TimerInfo(), cancellation ?? Cancelled));

    private static QueueMessage Message(string text, long dequeueCount = 1) =>
        QueuesModelFactory.QueueMessage("m1", "receipt", BinaryData.FromString(text), dequeueCount, insertedOn: s_inserted);
}
