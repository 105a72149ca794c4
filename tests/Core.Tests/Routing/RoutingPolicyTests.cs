using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Pacing;
using Courier.Resilience;
using Courier.Routing;
using Courier.Tests.Messages;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Routing;

/// <summary>How long a request waits, and when it is given up.</summary>
public sealed class RoutingPolicyTests
{
    private static readonly DateTimeOffset s_now = TestMessages.Posted.AddDays(10);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(3, 240)]
    [InlineData(6, 1920)]
    [InlineData(7, 3600)]
    [InlineData(60, 3600)]
    [InlineData(900, 3600)]
    public void Backoff_doubles_up_to_its_cap(int failuresBefore, int seconds)
    {
        Disposition disposition = Decide(CreateServerError(), attempt: failuresBefore, maxAttempts: 1000);

        Assert.Equal(new Disposition.Reschedule(TimeSpan.FromSeconds(seconds), CountsAsAttempt: true), disposition);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(int.MaxValue, true)]
    public void Eighth_failure_is_the_last(int failuresBefore, bool isLast)
    {
        Disposition disposition = Decide(CreateServerError(), attempt: failuresBefore, maxAttempts: 8);

        Assert.Equal(isLast, disposition == new Disposition.DeadLetter(DeadLetterReason.AttemptsExhausted));
    }

    [Fact]
    public void Only_attempt_may_be_the_last() =>
        Assert.Equal(new Disposition.DeadLetter(DeadLetterReason.AttemptsExhausted), Decide(new CallResult.Unreachable("", RequestFate.NotSent), attempt: 0, maxAttempts: 1));

    [Fact]
    public void Waiting_goes_on_when_the_attempts_are_used_up()
    {
        Disposition disposition = Decide(CreateRateLimited(seconds: 10), attempt: 50, maxAttempts: 8);

        Assert.Equal(new Disposition.Reschedule(TimeSpan.FromSeconds(10.5), CountsAsAttempt: false), disposition);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Request_is_given_up_at_its_maximal_age(int secondsPastMaxAge, bool givenUp)
    {
        DateTimeOffset firstCallAt = s_now - TimeSpan.FromDays(3) - TimeSpan.FromSeconds(secondsPastMaxAge);

        Disposition disposition = Decide(CreateServerError(), attempt: 1, firstCallAt: firstCallAt);

        Assert.Equal(givenUp, disposition == new Disposition.DeadLetter(DeadLetterReason.AttemptsExhausted));
    }

    [Fact]
    public void Request_that_only_waited_does_not_age()
    {
        Disposition disposition = Decide(CreateRateLimited(seconds: null), firstCallAt: null);

        Assert.IsType<Disposition.Reschedule>(disposition);
    }

    [Fact]
    public void Success_comes_never_too_late() =>
        Assert.Equal(new Disposition.Complete(), Decide(new CallResult.Succeeded(CreateAnswer(200)), attempt: 99, firstCallAt: TestMessages.Posted));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(3, 240)]
    [InlineData(20, 3600)]
    public void Refusals_for_rate_in_a_row_back_off_when_the_api_names_no_time(int refusalsBefore, int seconds)
    {
        CallRecord[] history = [CreateCall("rate-limited"), CreateCall("server-error"), .. Enumerable.Repeat(CreateCall("rate-limited"), refusalsBefore)];

        Disposition disposition = Decide(CreateRateLimited(seconds: null), attempt: 5, history: history);

        Assert.Equal(new Disposition.Reschedule(TimeSpan.FromSeconds(seconds), CountsAsAttempt: false), disposition);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(30, 3600)]
    public void At_once_is_believed_once_after_a_refusal_for_rate(int refusalsBefore, double seconds)
    {
        Disposition disposition = Decide(CreateRateLimited(seconds: 0), history: [.. Enumerable.Repeat(CreateCall("rate-limited"), refusalsBefore)]);

        Assert.Equal(new Disposition.Reschedule(TimeSpan.FromSeconds(seconds), CountsAsAttempt: false), disposition);
    }

    [Theory]
    [InlineData("GET", null, "reschedule")]
    [InlineData("POST", true, "reschedule")]
    [InlineData("POST", null, "answer-unreadable")]
    [InlineData("GET", false, "answer-unreadable")]
    public void Success_whose_answer_is_lost_is_repeated_only_where_that_is_harmless(string method, bool? idempotent, string expected)
    {
        Envelope envelope = TestMessages.CreateEnvelope();
        envelope = envelope with { Request = envelope.Request with { Method = method, Idempotent = idempotent } };

        Disposition disposition = new RoutingPolicy(Options.Create(new RoutingOptions()), Options.Create(new ApiOptions()), () => 0)
            .Decide(envelope, new CallResult.Unreadable(CreateAnswer(201) with { Incomplete = "Cut." }), s_now);

        Assert.Equal(expected, disposition is Disposition.DeadLetter { Reason: var reason } ? reason.Text() : disposition.Name);
        Assert.True(disposition is Disposition.DeadLetter or Disposition.Reschedule { CountsAsAttempt: true });
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(29, 29)]
    [InlineData(30, 30)]
    [InlineData(31, 30)]
    public void Wait_ends_when_the_request_expires(int secondsToExpiry, int expected)
    {
        Disposition disposition = Decide(CreateServerError(), expiresAt: s_now.AddSeconds(secondsToExpiry));

        Assert.Equal(new Disposition.Reschedule(TimeSpan.FromSeconds(expected), CountsAsAttempt: true), disposition);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    public void Request_that_expired_during_the_call_waits_no_negative_time(int secondsToExpiry)
    {
        Disposition disposition = Decide(CreateServerError(), expiresAt: s_now.AddSeconds(secondsToExpiry));

        Assert.InRange(Assert.IsType<Disposition.Reschedule>(disposition).Delay, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Spread_lengthens_a_wait_by_a_tenth_at_the_most_and_never_shortens_it() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000),
        Prop.ForAll(Gen.Choose(0, 9999).ToArbitrary(), Gen.Choose(0, 86_400).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (chance, asked, attempt) =>
        {
            Disposition disposition = Decide(CreateServerError(seconds: asked), attempt: attempt, maxAttempts: 1000, jitter: chance / 10_000.0);
            double least = Math.Max(asked + 0.5, Math.Min(3600, 30 * Math.Pow(2, attempt)));
            double delay = Assert.IsType<Disposition.Reschedule>(disposition).Delay.TotalSeconds;
            return delay >= least - 1e-6 && delay <= (least * 1.1) + 1e-6;
        }));

    [Fact]
    public void Longest_wait_that_settings_allow_fits_a_queue()
    {
        RoutingOptions options = new() { BaseDelay = TimeSpan.FromDays(6), MaxDelay = TimeSpan.FromDays(6) };

        Disposition disposition = new RoutingPolicy(Options.Create(options), Options.Create(new ApiOptions()), () => 0.999999).Decide(TestMessages.CreateEnvelope(), CreateServerError(), s_now);

        Assert.InRange(Assert.IsType<Disposition.Reschedule>(disposition).Delay, TimeSpan.FromDays(6), TimeSpan.FromDays(7));
    }

    [Fact]
    public void Expired_request_is_dead_lettered() =>
        Assert.Equal(new Disposition.DeadLetter(DeadLetterReason.Expired), new Admission.Expired().Decide());

    private static Disposition Decide(
        CallResult result,
        int attempt = 0,
        int maxAttempts = 8,
        DateTimeOffset? firstCallAt = null,
        DateTimeOffset? expiresAt = null,
        IReadOnlyList<CallRecord>? history = null,
        double jitter = 0) =>
        new RoutingPolicy(Options.Create(new RoutingOptions { MaxAttempts = maxAttempts }), Options.Create(new ApiOptions()), () => jitter).Decide(
            TestMessages.CreateEnvelope(expiresAt: expiresAt, attempt: attempt, firstCallAt: firstCallAt, history: history), result, s_now);

    private static CallResult.ServerError CreateServerError(int? seconds = null) => new(CreateAnswer(503), Seconds(seconds));

    private static CallResult.RateLimited CreateRateLimited(int? seconds) => new(CreateAnswer(429), Seconds(seconds));

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;

    private static ApiResponse CreateAnswer(int status) => new(status, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

    private static CallRecord CreateCall(string outcome) => new(TestMessages.Posted, outcome, null, 1);
}
