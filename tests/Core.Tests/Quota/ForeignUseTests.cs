using Courier.Quota;

namespace Courier.Tests.Quota;

public sealed class ForeignUseTests
{
    private static readonly DateTimeOffset s_start = TestQuota.Start;
    private static readonly QuotaOptions s_quota = new();

    [Fact]
    public void Refusal_lowers_our_share_to_what_we_had_and_it_grows_back()
    {
        LedgerState state = TestQuota.Fresh().TakeNext(4000, s_start, s_quota).State;
        DateTimeOffset now = s_start.AddSeconds(210);

        LedgerState refused = state.At(now, s_quota).Refused(now.AddSeconds(60), now, s_quota);

        Assert.Equal(4000, refused.Room(now.AddHours(1), s_quota));
        Assert.Equal(4500, refused.Room(now.AddHours(5), s_quota));
        Assert.Equal(4850, refused.Room(now.AddHours(10), s_quota));
    }

    /// <summary>20 a second: five of them were begun in the last quarter of a second.</summary>
    [Fact]
    public void Calls_that_are_under_way_are_not_yet_ours_when_another_user_s_are_reckoned()
    {
        LedgerState state = TestQuota.Fresh().TakeNext(4000, s_start, s_quota).State;
        DateTimeOffset now = s_start.AddSeconds(100);

        LedgerState refused = state.At(now, s_quota).Refused(now.AddSeconds(60), now, s_quota);

        Assert.Equal(5000 - 1996, refused.Others.Calls);
    }

    [Fact]
    public void Answer_that_says_what_is_left_shows_the_others_before_a_refusal_does()
    {
        LedgerState state = TestQuota.Fresh().TakeNext(1000, s_start, s_quota).State;
        DateTimeOffset now = s_start.AddSeconds(60);
        state = state.At(now, s_quota);

        Assert.False(state.IsNews(4000, now, s_quota));
        Assert.True(state.IsNews(3000, now, s_quota));
        LedgerState seen = state.Seen(3000, now, s_quota);
        Assert.Equal((1000, 4000), (seen.Others.Calls, seen.Room(now, s_quota)));
        Assert.False(seen.IsNews(3000, now, s_quota));
        Assert.True(seen.IsNews(4000, now, s_quota));
    }

    [Fact]
    public void More_than_the_limit_is_never_believed()
    {
        LedgerState state = TestQuota.Fresh().At(s_start, s_quota);

        Assert.Equal(4850, state.Seen(1_000_000, s_start, s_quota).Room(s_start, s_quota));
    }
}
