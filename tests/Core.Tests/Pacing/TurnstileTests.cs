using Courier.Api;
using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Quota;
using Courier.Tests.Messages;
using Courier.Tests.Processing;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pacing;

/// <summary>Each request at its turn: waited for at the gate, or parked.</summary>
public sealed class TurnstileTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, true)]
    [InlineData(2.001, false)]
    public async Task Two_seconds_are_spent_at_the_gate(double seconds, bool isGranted)
    {
        await using TestCourier courier = Paced.Create();
        Slot slot = await CloseAsync(courier, seconds);

        Admission admission = await AdmitAsync(courier, Create().Holding(slot));

        Assert.Equal(isGranted, admission is Admission.Granted);
        Assert.Equal(isGranted ? seconds : 0, (courier.Clock.GetUtcNow() - s_start).TotalSeconds);
    }

    [Fact]
    public async Task Longer_wait_is_parked_for_whole_seconds_with_a_sealed_slot_that_stays_what_it_is()
    {
        await using TestCourier courier = Paced.Create(null, ("Quota:Limit", "5000"), ("Quota:MaxRate", "20"));
        await CloseAsync(courier, 100.7);

        Admission.Wait first = Assert.IsType<Admission.Wait>(await AdmitAsync(courier, Create()));
        courier.Clock.Advance(TimeSpan.FromSeconds(50));
        Admission.Wait again = Assert.IsType<Admission.Wait>(await AdmitAsync(courier, Create().Holding(first.Slot)));

        Assert.NotNull(first.Slot!.Seal);
        Assert.Equal((TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(50)), (first.Delay, again.Delay));
        Assert.Same(first.Slot, again.Slot);
    }

    /// <summary>A queue hides a message for seven days at the most.</summary>
    [Fact]
    public async Task Wait_of_weeks_is_parked_for_six_days()
    {
        await using TestCourier courier = Paced.Create(null, ("Quota:Limit", "2"), ("Quota:Window", "20.00:00:00"), ("Quota:MaxRate", "1"));
        await AllAsync(courier, 2);

        Assert.Equal(TimeSpan.FromDays(6), Assert.IsType<Admission.Wait>(await AdmitAsync(courier, Create())).Delay);
    }

    /// <summary>A 429 is about the quota, or about one request: as long as the probe is under way, nobody can tell.</summary>
    [Fact]
    public async Task While_a_claim_is_checked_nobody_else_is_let_through()
    {
        TimeSpan probe = TimeSpan.FromSeconds(1);
        FakeClock clock = new();
        await using TestCourier courier = Create(clock, async _ =>
        {
            await Task.Delay(probe, clock);
            return TestAnswers.Create(200, "{}");
        });
        ApiResponse refusal = new(429, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

        await clock.RunAsync(async () =>
        {
            Task<Lesson> check = courier.Get<RefusalCheck>().CheckAsync(Create(), new Call(new CallResult.RateLimited(refusal, null), s_start, TimeSpan.Zero), CancellationToken.None);
            Assert.IsType<Admission.Granted>(await courier.Get<Turnstile>().AdmitAsync(Create(), CancellationToken.None));
            Assert.True(check.IsCompletedSuccessfully);
            await check;
        });

        Assert.InRange(clock.GetUtcNow() - s_start, probe, probe + TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Where others use the quota too, a gate that another instance closed is learnt of within a second for a window; before, within five.</summary>
    [Theory]
    [InlineData(false, 1.1, false)]
    [InlineData(true, 0.9, false)]
    [InlineData(true, 1.1, true)]
    public async Task Gate_that_another_instance_closed_is_learnt_of_sooner_after_a_refusal(bool wasRefused, double later, bool isKnown)
    {
        await using TestCourier courier = Paced.Create(null, ("Quota:Limit", "100"), ("Quota:Window", "00:10:00"), ("Quota:MaxRate", "0.1"));
        await using TestCourier other = courier.Beside();
        if (wasRefused)
            await CloseAsync(other, 1);
        Slot slot = Assert.IsType<Admission.Wait>(await AllAsync(courier, 3)).Slot!;
        courier.Clock.Advance(TimeSpan.FromSeconds(10));
        await courier.LedgerAsync();
        await CloseAsync(other, 300);
        courier.Clock.Advance(TimeSpan.FromSeconds(later));

        Admission.Wait back = Assert.IsType<Admission.Wait>(await AdmitAsync(courier, Create().Holding(slot)));

        Assert.Equal(isKnown, back.Delay > TimeSpan.FromSeconds(250));
    }

    private static async Task<Admission> AllAsync(TestCourier courier, int count)
    {
        Admission last = Admission.Granted.One;
        for (int i = 0; i < count; i++)
            last = await AdmitAsync(courier, Create());
        return last;
    }

    /// <returns>The place that <see cref="Create()"/> has afterwards.</returns>
    private static async Task<Slot> CloseAsync(TestCourier courier, double seconds)
    {
        Place? first = await courier.Clock.RunAsync(() => courier.Get<QuotaLedger>().CloseAsync(courier.Clock.GetUtcNow().AddSeconds(seconds), CancellationToken.None));
        return (await courier.LedgerAsync()).Sealed(first!.Value.Slot, Create().Request.Id, courier.Get<IOptions<QuotaOptions>>().Value);
    }

    private static Task<Admission> AdmitAsync(TestCourier courier, Envelope envelope) =>
        courier.Clock.RunAsync(() => courier.Get<Turnstile>().AdmitAsync(envelope, CancellationToken.None).AsTask());

    private static Envelope Create() => TestMessages.CreateEnvelope();

    private static TestCourier Create(FakeClock clock, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) =>
        new(new CourierSetup { Clock = clock, Storage = new WatchedStorage(clock), Api = new StubApi((request, _) => answer(request)) }
            .With(("Quota:Limit", "5000"), ("Api:ProbePath", "/probe")));
}
