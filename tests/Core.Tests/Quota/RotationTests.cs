using Courier.Quota;

namespace Courier.Tests.Quota;

public sealed class RotationTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_is_alone_need_not_wait() => Assert.Equal(TimeSpan.Zero, Rotation.None.After("a", s_now).UntilTurnOf("a", s_now));

    [Fact]
    public void Who_has_written_leaves_the_others_a_turn_each()
    {
        Rotation rotation = Rotation.None.After("a", s_now).After("b", s_now).After("c", s_now.AddMilliseconds(20));

        Assert.Equal([150, 150, 170, 0], ((string[])["a", "b", "c", "new"]).Select(name => rotation.UntilTurnOf(name, s_now).TotalMilliseconds));
    }

    [Fact]
    public void Who_has_not_written_for_five_seconds_is_forgotten()
    {
        Rotation rotation = Rotation.None.After("a", s_now).After("b", s_now.AddSeconds(4)).After("c", s_now.AddSeconds(5));

        Assert.Equal(["b", "c"], rotation.Writers.Keys);
        Assert.Equal(TimeSpan.FromMilliseconds(100), rotation.Round(s_now.AddSeconds(5)));
    }
}
