using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Resilience;
using Courier.Routing;
using Courier.Tests.Messages;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Routing;

/// <summary>A request that the API refuses again and again, while others get through: it alone waits.</summary>
public sealed class AloneRefusedTests
{
    private const int MaxRefusals = 5;

    private static readonly TimeSpan s_maxAge = TimeSpan.FromDays(3);
    private static readonly DateTimeOffset s_now = TestMessages.Posted.AddDays(10);

    /// <summary>Base delay 30 s, doubled for each refusal after the first; half a second is added to what the API asks.</summary>
    [Theory]
    [InlineData(1, 60, 60.5)]
    [InlineData(1, 1, 1.5)]
    [InlineData(1, null, 30)]
    [InlineData(2, 60, 60.5)]
    [InlineData(2, 59, 60)]
    [InlineData(2, null, 60)]
    [InlineData(3, 20, 120)]
    [InlineData(3, 300, 300.5)]
    [InlineData(4, null, 240)]
    public void Waits_as_long_as_it_is_asked_and_longer_for_each_refusal_in_a_row(int refusals, int? asked, double seconds) =>
        Assert.Equal(new Disposition.Reschedule(TimeSpan.FromSeconds(seconds), CountsAsAttempt: false), Decide(refusals, asked, TimeSpan.FromMinutes(1)));

    [Theory]
    [InlineData(MaxRefusals - 1, false)]
    [InlineData(MaxRefusals, true)]
    [InlineData(MaxRefusals + 1, true)]
    public void Is_given_up_after_so_many_in_a_row(int refusals, bool isGivenUp) => Assert.Equal(isGivenUp, IsGivenUp(Decide(refusals, 10, TimeSpan.FromMinutes(1))));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Ages_from_its_first_refusal(int secondsPastMaxAge, bool isGivenUp) =>
        Assert.Equal(isGivenUp, IsGivenUp(Decide(1, 10, s_maxAge + TimeSpan.FromSeconds(secondsPastMaxAge))));

    private static bool IsGivenUp(Disposition disposition) => disposition == new Disposition.DeadLetter(DeadLetterReason.AttemptsExhausted);

    private static Disposition Decide(int refusals, int? asked, TimeSpan refusedFor)
    {
        Envelope envelope = TestMessages.CreateEnvelope();
        envelope = envelope with { Delivery = envelope.Delivery with { Refusals = refusals, RefusedSince = s_now - refusedFor } };
        ApiResponse answer = new(429, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);
        TimeSpan? retryAfter = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new RoutingPolicy(Options.Create(new RoutingOptions { MaxRefusals = MaxRefusals, MaxAge = s_maxAge }), Options.Create(new ApiOptions()), () => 0)
            .Decide(envelope, new CallResult.RateLimited(answer, retryAfter), s_now);
    }
}
