using Courier.Api;
using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Quota;
using Courier.Resilience;
using Courier.Storage;
using Courier.Tests.Messages;
using Courier.Tests.Processing;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pacing;

/// <summary>What the gate learns from how a call ended: about the key, about the quota, or about nothing but the request.</summary>
public sealed class LearningTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestCourier _courier;
    private readonly EventLog<Gate> _log = new();
    private readonly Gate _gate;
    private int _probe = 200;

    public LearningTests()
    {
        _courier = Paced.Create(_ => _probe == ScriptedApi.Refuses ? throw new HttpRequestException("no route") : TestAnswers.Create(_probe, "{}"), ("Quota:Limit", "100"), ("Quota:MaxRate", "100"));
        _gate = new Gate(_courier.Get<CredentialHold>(), _courier.Get<Turnstile>(), _courier.Get<RefusalCheck>(), _courier.Clock, _log);
    }

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(200)]
    public async Task What_cannot_be_shared_is_told_and_the_request_goes_on(int status)
    {
        _courier.Watched.State.Failure = new StorageFailureException("api-state", "it does not answer.");

        Lesson lesson = await LearnAsync(Answered(status, ("ratelimit", "default;r=0")));

        Assert.Equal(status == 429 ? Lesson.RefusedAlone.One : Lesson.Called.One, lesson);
        Assert.Equal(["gate.learn-failed"], _log.Events);
    }

    [Fact]
    public async Task Who_goes_away_is_told_nothing()
    {
        _courier.Watched.State.Failure = new OperationCanceledException();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LearnAsync(Answered(429)));
        Assert.Empty(_log.Events);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task How_many_calls_are_left_is_seen_in_any_answer(int status)
    {
        await LearnAsync(Answered(status, ("ratelimit", "default;r=10")));

        LedgerState ledger = await _courier.LedgerAsync();
        Assert.InRange(ledger.Room(_courier.Clock.GetUtcNow(), Quota), 0, 99);
        Assert.True(ledger.Others.Calls > 0 || ledger.Charges.Count > 0);
    }

    [Fact]
    public async Task Probe_is_charged()
    {
        Call probe = await _courier.Clock.RunAsync(() => _courier.Get<ApiProbe>().CallAsync(CancellationToken.None));

        Assert.Equal("probe", probe.RequestId);
        Assert.Equal(1, (await _courier.LedgerAsync()).Charges.Count);
    }

    [Fact]
    public async Task Refusal_that_the_probe_does_not_meet_is_the_requests_own()
    {
        Assert.Equal(Lesson.RefusedAlone.One, await LearnAsync(Answered(429)));
        Assert.Equal(["/probe"], _courier.Paths);
    }

    [Fact]
    public async Task Refusal_that_the_probe_meets_too_closes_the_gate_for_the_window_at_most_and_keeps_a_place()
    {
        _probe = 429;

        Lesson lesson = await LearnAsync(Answered(429, TimeSpan.FromHours(5)));

        Assert.NotNull(Assert.IsType<Lesson.QuotaUsedUp>(lesson).Slot);
        Assert.Equal(s_start + Quota.Window + TimeSpan.FromSeconds(0.5), (await _courier.LedgerAsync()).ClosedUntil);
    }

    /// <summary>It was sent before the gate closed: nobody is to ask the API about it.</summary>
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 9.9, true)]
    [InlineData(0, 10, false)] // open again: it may be the request's own matter
    [InlineData(10, 10, false)]
    public async Task Refusal_of_a_call_that_was_under_way_when_the_gate_closed_is_believed(double called, double learnt, bool isBelieved)
    {
        await _courier.Clock.RunAsync(() => _courier.Get<QuotaLedger>().CloseAsync(s_start.AddSeconds(10), CancellationToken.None));
        _courier.Clock.Advance(TimeSpan.FromSeconds(learnt));

        Lesson lesson = await LearnAsync(Answered(429) with { At = s_start.AddSeconds(called) });

        Assert.Equal(isBelieved, lesson is Lesson.QuotaUsedUp);
        Assert.Equal(isBelieved ? [] : ["/probe"], _courier.Paths);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task In_a_nearly_full_window_a_request_is_believed_unless_it_was_refused_before(int before, bool isBelieved)
    {
        for (int i = 0; i < 95; i++)
            await _courier.Clock.RunAsync(() => _courier.Get<QuotaLedger>().TakeAsync(new Wish.Charge(), CancellationToken.None).AsTask());
        CallRecord refused = new(_courier.Clock.GetUtcNow(), CallRecord.RateLimited, 429, 1);

        Lesson lesson = await LearnAsync(Answered(429), [.. Enumerable.Repeat(refused, before)]);

        Assert.Equal(isBelieved, lesson is Lesson.QuotaUsedUp);
    }

    /// <summary>Two different resources in a row are proof; an answer in between is proof to the contrary, a failed connection is none.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Only_an_answer_clears_the_refusals_before(bool isAnswered, bool isBelieved)
    {
        _probe = ScriptedApi.Refuses;
        CallResult between = isAnswered ? Answered(200).Result : new CallResult.Unreachable("it is away.", RequestFate.NotSent);

        await LearnAsync(Answered(429), path: "/a");
        await LearnAsync(Answered(200) with { Result = between });
        Lesson lesson = await LearnAsync(Answered(429), path: "/b");

        Assert.Equal(isBelieved, lesson is Lesson.QuotaUsedUp);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repetition_in_the_process_is_charged_or_where_nobody_can_tell_left_to_the_queue(bool isAway)
    {
        RetryBudget budget = new(_courier.Get<QuotaLedger>);
        _courier.Watched.State.Failure = isAway ? new StorageFailureException("api-state", "it does not answer.") : null;

        Assert.Equal(!isAway, await _courier.Clock.RunAsync(() => budget.TryTakeAsync(TimeSpan.FromSeconds(1)).AsTask()));
    }

    private QuotaOptions Quota => _courier.Get<IOptions<QuotaOptions>>().Value;

    private Task<Lesson> LearnAsync(Call call, IReadOnlyList<CallRecord>? history = null, string path = "/a")
    {
        Envelope envelope = TestMessages.CreateEnvelope(history: history);
        envelope = envelope with { Request = envelope.Request with { Id = path, Path = path }, Delivery = envelope.Delivery with { FirstSeenAt = s_start } };
        return _courier.Clock.RunAsync(() => _gate.LearnAsync(envelope, call, CancellationToken.None).AsTask());
    }

    private static Call Answered(int status, params (string Name, string Value)[] headers) => Answered(status, null, headers);

    private static Call Answered(int status, TimeSpan? retryAfter, params (string Name, string Value)[] headers)
    {
        ApiResponse answer = new(status, headers.ToDictionary(header => header.Name, header => header.Value), ReadOnlyMemory<byte>.Empty);
        CallResult result = status switch
        {
            200 => new CallResult.Succeeded(answer),
            401 => new CallResult.Unauthorized(answer),
            429 => new CallResult.RateLimited(answer, retryAfter),
            _ => new CallResult.Rejected(answer),
        };
        return new Call(result, s_start, TimeSpan.Zero) { RequestId = "r1" };
    }
}
