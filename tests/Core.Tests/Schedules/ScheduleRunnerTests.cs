using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Schedules;
using Courier.Storage;
using Courier.Tests.Processing;
using static Courier.Tests.Schedules.TestSchedules;

namespace Courier.Tests.Schedules;

/// <summary>Schedules through the whole of Courier, on a standing clock that begins on 1 January 2026.</summary>
public sealed class ScheduleRunnerTests : IAsyncDisposable
{
    private readonly FakeClock _clock = new();
    private readonly UnsteadyStorage _storage;
    private TestCourier? _courier;

    public ScheduleRunnerTests() => _storage = new UnsteadyStorage(new InMemoryStorage(_clock));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Due_request_is_called_and_answered_under_the_id_of_its_tick()
    {
        StubApi api = TestAnswers.Always(200, """{"a":1}""");
        Create(api, ("daily", "0 0 6 * * *", """{"method":"PUT","path":"/x?y=1","body":{"b":[1]},"headers":{"Accept":"text/csv"},"metadata":{"of":"me"}}"""));

        await PassAsync(TimeSpan.FromHours(7));

        SentRequest sent = Assert.Single(api.Sent);
        Assert.Equal(("PUT", "https://api.test/x?y=1", """{"b":[1]}""", "text/csv"), (sent.Method, sent.Uri.ToString(), sent.Body, sent.Headers["Accept"]));
        JsonElement result = Assert.Single(await _courier!.ResultsAsync());
        Assert.Equal(("daily-20260101T060000Z", "me"), (result.GetProperty("id").GetString(), result.GetProperty("metadata").GetProperty("of").GetString()));
    }

    [Fact]
    public async Task After_three_days_of_downtime_each_schedule_runs_once_with_its_latest_tick()
    {
        StubApi api = TestAnswers.Always(200);
        Create(api, Get("minutely", "0 * * * * *"), Get("secondly", "* * * * * *"), Get("hourly", Hourly), Get("daily", "0 0 6 * * *"), Get("quarterly", "0 0 0 1 4 *"), Get("halfdaily", "0 0 */12 * * *"));
        await RunAsync();

        _clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(7));
        await RunAsync();
        await RunAsync();

        Assert.Equal(["daily-20260103T060000Z", "halfdaily-20260104T000000Z", "hourly-20260104T000000Z", "minutely-20260104T000000Z", "secondly-20260104T000007Z"], await IdsAsync());
    }

    [Fact]
    public async Task Expression_with_seconds_runs_once_a_minute()
    {
        StubApi api = TestAnswers.Always(200);
        Create(api, Get("secondly", "*/5 * * * * *"));

        await PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(["secondly-20260101T000100Z", "secondly-20260101T000200Z", "secondly-20260101T000300Z"], await IdsAsync());
    }

    [Fact]
    public async Task Rate_limited_run_waits_on_the_queue_under_its_id()
    {
        Create(TestAnswers.InTurn(TestAnswers.Create(429, "", ("Retry-After", "1800")), TestAnswers.Create(200)), Get("hourly", Hourly));

        await PassAsync(TimeSpan.FromMinutes(61));
        int waiting = await _courier!.Storage.Requests.CountAsync(Cancelled);
        _clock.Advance(TimeSpan.FromMinutes(35));
        await _courier.ProcessAsync();

        Assert.Equal(1, waiting);
        Assert.Equal(["hourly-20260101T010000Z"], await IdsAsync());
        Assert.Equal([Entry(At("1:00"), "hourly")], (await StateAsync()).Schedules);
    }

    [Fact]
    public async Task Run_without_a_hope_becomes_a_dead_letter_seen_at_its_tick()
    {
        Create(TestAnswers.Always(403), Get("hourly", Hourly));

        await PassAsync(TimeSpan.FromMinutes(61));

        JsonElement letter = Assert.Single(await _courier!.DeadLettersAsync());
        Assert.Equal(("hourly-20260101T010000Z", At("1:00")), (letter.GetProperty("id").GetString(), letter.GetProperty("firstSeenAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Crash_between_call_and_done_repeats_the_tick_under_the_same_id()
    {
        StubApi api = TestAnswers.Always(200);
        Create(api, Get("hourly", Hourly));
        await RunAsync();
        _clock.Advance(TimeSpan.FromHours(1));

        _storage.FailAfterWrites = 1; // the claim is the last that gets through
        await RunAsync();
        _storage.FailAfterWrites = null;
        await PassAsync(TimeSpan.FromMinutes(10));
        int beforeTheClaimIsOld = api.Sent.Count;
        await PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((1, 2), (beforeTheClaimIsOld, api.Sent.Count));
        Assert.Equal(["hourly-20260101T010000Z", "hourly-20260101T010000Z"], await IdsAsync());
        Assert.Equal([Entry(At("1:00"), "hourly")], (await StateAsync()).Schedules);
    }

    [Fact]
    public async Task Failing_run_stops_no_other_and_comes_back()
    {
        StubApi api = new((request, _) => Task.FromResult(TestAnswers.Create(request.RequestUri!.AbsolutePath == "/b" ? 403 : 200)));
        Create(api, Get("a", Hourly), Get("b", Hourly), Get("c", Hourly));
        await RunAsync();

        _clock.Advance(TimeSpan.FromHours(1));
        _storage.Broken = "api-dead-letters";
        await RunAsync();
        List<string> first = await IdsAsync();
        _storage.Broken = null;
        await PassAsync(TimeSpan.FromMinutes(12));

        Assert.Equal(["a-20260101T010000Z", "c-20260101T010000Z"], first);
        Assert.Equal("b-20260101T010000Z", Assert.Single(await _courier!.DeadLettersAsync()).GetProperty("id").GetString());
        Assert.Equal(4, api.Sent.Count);
    }

    [Fact]
    public async Task At_most_four_run_at_a_time_and_all_in_one_pass()
    {
        int running = 0, peak = 0;
        StubApi api = new(async (_, cancellationToken) =>
        {
            peak = Math.Max(peak, ++running);
            await Task.Delay(TimeSpan.FromSeconds(3), _clock, cancellationToken);
            running--;
            return TestAnswers.Create(200);
        });
        Create(api, [.. Enumerable.Range(0, 10).Select(number => Get($"s{number}", Hourly))]);
        await RunAsync();

        _clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        Assert.Equal((4, 10), (peak, api.Sent.Count));
    }

    [Fact]
    public async Task Slow_pass_begins_nothing_new_after_a_minute_and_the_next_goes_on()
    {
        StubApi api = new(async (_, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(9), _clock, cancellationToken);
            return TestAnswers.Create(200);
        });
        Create(api, [.. Enumerable.Range(0, 30).Select(number => Get($"s{number:00}", Hourly))]);
        await RunAsync();

        _clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();
        int first = api.Sent.Count;
        await RunAsync();

        Assert.Equal((28, 30), (first, api.Sent.Count));
    }

    [Fact]
    public async Task Cancelled_run_is_not_called_and_comes_back()
    {
        StubApi api = TestAnswers.Always(200);
        Create(api, Get("hourly", Hourly));
        await RunAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        using CancellationTokenSource stopping = new();
        _storage.OnWrite = stopping.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _courier!.Get<ScheduleRunner>().RunAsync(stopping.Token));
        int called = api.Sent.Count;
        await PassAsync(TimeSpan.FromMinutes(12));

        Assert.Equal(0, called);
        Assert.Equal(["hourly-20260101T010000Z"], await IdsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"schedules\":")]
    public async Task Lost_state_begins_anew(string text)
    {
        StubApi api = TestAnswers.Always(200);
        Create(api, Get("hourly", Hourly));
        await _storage.Container("api-state").WriteAsync(ScheduleClaims.Blob, Encoding.UTF8.GetBytes(text), "application/json", Cancelled);

        await PassAsync(TimeSpan.FromMinutes(61));

        Assert.Equal(["hourly-20260101T010000Z"], await IdsAsync());
    }

    [Fact]
    public async Task Minute_without_anything_due_writes_nothing()
    {
        Create(TestAnswers.Always(200), Get("hourly", Hourly));
        await PassAsync(TimeSpan.FromMinutes(1));
        int writes = _storage.Writes;

        await PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal((1, 1), (writes, _storage.Writes));
    }

    public async ValueTask DisposeAsync()
    {
        if (_courier is not null)
            await _courier.DisposeAsync();
    }

    private static (string Name, string Cron, string Request) Get(string name, string cron) => (name, cron, $$"""{"method":"GET","path":"/{{name}}"}""");

    private void Create(StubApi api, params (string Name, string Cron, string Request)[] schedules) => _courier = TestCourier.Create(
        api, _clock, storage: _storage, settings: schedules.SelectMany((schedule, number) => new KeyValuePair<string, string?>[]
        {
            new($"Schedules:{number}:Name", schedule.Name),
            new($"Schedules:{number}:Cron", schedule.Cron),
            new($"Schedules:{number}:Request", schedule.Request),
        }));

    private Task RunAsync() => _clock.RunAsync(() => _courier!.Get<ScheduleRunner>().RunAsync(Cancelled));

    /// <summary>The timer's runs at each full minute of that time, the first one at once.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        await RunAsync();
        for (DateTimeOffset end = _clock.GetUtcNow() + time; _clock.GetUtcNow() < end;)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await RunAsync();
        }
    }

    private async Task<List<string>> IdsAsync() => [.. (await _courier!.ResultsAsync()).Select(result => result.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];

    private async Task<ScheduleState> StateAsync() => JsonSerializer.Deserialize(
        (await _storage.Container("api-state").ReadAsync(ScheduleClaims.Blob, Cancelled))!.Content.Span, ScheduleJson.Format.ScheduleState)!;
}
