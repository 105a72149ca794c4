using Courier.Quota;

namespace Courier.Tests.Quota;

public sealed class RotationTests
{
    private static readonly QuotaOptions s_quota = new();
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_is_alone_need_not_wait() => Assert.Equal(TimeSpan.Zero, Rotation.None.After("a", s_now).UntilTurnOf("a", s_now, s_quota));

    [Fact]
    public void Who_has_written_leaves_the_others_a_turn_each()
    {
        Rotation rotation = Rotation.None.After("a", s_now).After("b", s_now.AddMilliseconds(4000)).After("c", s_now.AddMilliseconds(4020)).After("a", s_now.AddMilliseconds(4040));

        Assert.Equal([150, 110, 130, 0], ((string[])["a", "b", "c", "new"]).Select(name => rotation.UntilTurnOf(name, s_now.AddMilliseconds(4040), s_quota).TotalMilliseconds));
    }

    [Fact]
    public void At_the_beginning_everybody_writes_once_before_anybody_writes_again()
    {
        Rotation rotation = Rotation.None.After("a", s_now).After("b", s_now.AddSeconds(1));

        Assert.Equal([1500, 1550, 0], ((string[])["a", "b", "new"]).Select(name => rotation.UntilTurnOf(name, s_now.AddSeconds(1), s_quota).TotalMilliseconds));
        Assert.Equal((true, false), (rotation.IsFirstRound(s_now.AddSeconds(2.4), s_quota), rotation.IsFirstRound(s_now.AddSeconds(2.5), s_quota)));
    }

    [Fact]
    public void Who_has_not_written_for_five_seconds_is_forgotten()
    {
        Rotation rotation = Rotation.None.After("a", s_now).After("b", s_now.AddMilliseconds(4000)).After("c", s_now.AddSeconds(5));

        Assert.Equal(["b", "c"], rotation.Writers.Keys);
        Assert.Equal(TimeSpan.FromMilliseconds(100), rotation.Round(s_now.AddSeconds(5)));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Nonsense_holds_nobody_up_for_longer_than_a_round(long moment)
    {
        long now = s_now.ToUnixTimeMilliseconds();
        Rotation rotation = new(new Dictionary<string, long> { ["a"] = moment, ["b"] = now }, moment);

        Assert.InRange(rotation.UntilTurnOf("a", s_now, s_quota), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.InRange(rotation.UntilTurnOf("b", s_now, s_quota), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.False(rotation.IsFirstRound(s_now, s_quota));
    }
}
