using Courier.Alerts;
using Courier.Health;
using Courier.Outages;
using Courier.Tests.Health;
using Courier.Watch;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Watch;

public sealed class AlertPolicyTests
{
    private static readonly DateTimeOffset s_now = TestWindows.Now;

    private static readonly AlertPolicy s_policy = new(Options.Create(new OutageOptions()), Options.Create(new AlertOptions()));

    [Fact]
    public void Nothing_is_raised_while_all_is_well() => Assert.Empty(Evaluate(Facts()).Raised);

    [Fact]
    public void Nothing_is_raised_when_watching_has_just_begun()
    {
        AlertState state = new() { WatchingSince = s_now };

        Assert.Empty(Evaluate(Facts() with { Waiting = 500, LastDue = s_now.AddHours(-3) }, state).Raised);
    }

    [Fact]
    public void Refused_key_is_raised_once_and_so_is_its_end()
    {
        DateTimeOffset held = s_now.AddSeconds(-2);

        (AlertState told, var first) = Evaluate(Facts() with { HeldSince = held });
        var second = Evaluate(Facts() with { HeldSince = held }, told).Raised;
        (AlertState restored, var third) = Evaluate(Facts(), told);

        Assert.Equal([(AlertKind.CredentialRejected, held)], first);
        Assert.Empty(second);
        Assert.Equal([(AlertKind.CredentialRestored, held)], third);
        Assert.Null(restored.CredentialSince);
    }

    [Fact]
    public void Facts_that_were_read_before_others_were_decided_by_are_none()
    {
        (AlertState told, _) = Evaluate(Facts() with { HeldSince = s_now });

        (AlertState after, var raised) = Evaluate(Facts() with { ReadAt = s_now.AddSeconds(-1) }, told);

        Assert.Empty(raised);
        Assert.Same(told, after);
    }

    [Fact]
    public void Clock_that_was_wrong_does_not_stop_the_watch()
    {
        (AlertState told, _) = Evaluate(Facts() with { ReadAt = s_now.AddHours(2) });

        Assert.Single(Evaluate(Facts() with { HeldSince = s_now }, told).Raised);
    }

    [Theory]
    [InlineData(9, null, false)]
    [InlineData(10, null, true)]
    [InlineData(10, 59, false)]
    [InlineData(10, 60, true)]
    public void Dead_letters_are_raised_from_a_number_on_once_an_hour(int count, int? toldMinutesAgo, bool isRaised)
    {
        DateTimeOffset first = s_now.AddMinutes(-30);
        HealthWindow window = new([new HealthBucket(s_now.AddMinutes(-61), 0, 0, 50), new HealthBucket(s_now.AddMinutes(-40), 9, 0, 0), new HealthBucket(first, 0, 0, count)], [], [], null);
        AlertState state = Watching() with { DeadLettersToldAt = toldMinutesAgo is { } minutes ? s_now.AddMinutes(-minutes) : null };

        (AlertState next, var raised) = Evaluate(Facts() with { Window = window }, state);

        Assert.Equal(isRaised ? [(AlertKind.DeadLettersRising, first)] : [], raised);
        Assert.Equal(isRaised ? s_now : state.DeadLettersToldAt, next.DeadLettersToldAt);
    }

    [Fact]
    public void Dead_letters_are_never_raised_when_the_setting_is_zero()
    {
        AlertPolicy policy = new(Options.Create(new OutageOptions()), Options.Create(new AlertOptions { DeadLettersPerHour = 0 }));
        HealthWindow window = new([new HealthBucket(s_now, 0, 0, 5000)], [], [], null);

        Assert.Empty(policy.Evaluate(Facts() with { Window = window }, Watching()).Raised);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Messages_that_wait_without_success_are_a_silence(int minutes, bool isRaised)
    {
        DateTimeOffset since = s_now.AddMinutes(-minutes);

        (AlertState next, var raised) = Evaluate(Facts() with { Waiting = 1 }, Watching() with { WaitingSince = since });

        Assert.Equal(isRaised ? [(AlertKind.Silence, since)] : [], raised);
        Assert.Equal(isRaised ? since : null, next.SilenceSince);
    }

    [Fact]
    public void Schedule_that_was_due_without_success_is_a_silence_however_often_it_is_due()
    {
        AlertState state = Watching() with { LastSuccessAt = s_now.AddHours(-2) };
        List<(AlertKind, DateTimeOffset)> raised = [];

        for (int minute = 0; minute <= 61; minute++)
        {
            DateTimeOffset now = s_now.AddMinutes(minute);
            (state, var some) = s_policy.Evaluate(Facts() with { ReadAt = now, Now = now, LastDue = now.AddSeconds(-5) }, state);
            raised.AddRange(some);
        }

        Assert.Equal([(AlertKind.Silence, s_now.AddSeconds(-5))], raised);
    }

    [Fact]
    public void Success_ends_a_silence_and_begins_the_next()
    {
        AlertState silent = Watching() with { WaitingSince = s_now.AddHours(-3), SilenceSince = s_now.AddHours(-3) };
        HealthWindow window = new([], [], [], s_now.AddMinutes(-1));

        (AlertState after, var raised) = Evaluate(Facts() with { Waiting = 7, Window = window }, silent);

        Assert.Empty(raised);
        Assert.Equal((null, s_now), (after.SilenceSince, after.WaitingSince));
        Assert.Empty(Evaluate(Facts() with { Waiting = 7 }, silent).Raised);
        Assert.Equal(silent.SilenceSince, Evaluate(Facts(), silent).State.SilenceSince);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Outage_and_refused_key_tell_their_own_story_and_silence_counts_from_their_end(bool isOutage)
    {
        AlertState state = Watching() with
        {
            WaitingSince = s_now.AddHours(-5),
            Outage = isOutage ? new OutageState(s_now.AddHours(-5), s_now.AddHours(-5), s_now, null, true, true) : OutageState.None,
            CredentialSince = isOutage ? null : s_now.AddHours(-5),
        };
        HealthFacts failing = Facts() with { Waiting = 3, LastDue = s_now.AddHours(-4), Probe = isOutage ? false : null, HeldSince = isOutage ? null : s_now.AddHours(-5) };

        (state, var during) = Evaluate(failing, state);
        DateTimeOffset later = s_now.AddMinutes(1);
        (state, var end) = s_policy.Evaluate(failing with { ReadAt = later, Now = later, Probe = isOutage ? true : null, HeldSince = null }, state);

        Assert.Empty(during);
        Assert.Equal([isOutage ? AlertKind.ApiRecovered : AlertKind.CredentialRestored], end.Select(alert => alert.Kind));
        Assert.Equal((s_now, s_now), (state.WaitingSince, state.DueSince));
    }

    [Fact]
    public void First_look_after_a_pause_begins_anew()
    {
        AlertState state = Watching() with { ReadAt = s_now.AddHours(-9), WaitingSince = s_now.AddHours(-10), LastSuccessAt = s_now.AddHours(-11) };

        (AlertState next, var raised) = Evaluate(Facts() with { Waiting = 3, LastDue = s_now.AddHours(-4) }, state);

        Assert.Empty(raised);
        Assert.Equal((s_now, s_now, null), (next.WatchingSince, next.WaitingSince, next.DueSince));
    }

    private static (AlertState State, IReadOnlyList<(AlertKind Kind, DateTimeOffset Since)> Raised) Evaluate(HealthFacts facts, AlertState? state = null) =>
        s_policy.Evaluate(facts, state ?? Watching());

    /// <summary>For a day, and a minute ago.</summary>
    private static AlertState Watching() => new() { WatchingSince = s_now.AddDays(-1), ReadAt = s_now.AddMinutes(-1) };

    private static HealthFacts Facts() => new(s_now, s_now, TestWindows.Of(""), null, null, 0, null);
}
