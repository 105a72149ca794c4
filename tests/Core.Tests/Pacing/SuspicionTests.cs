using Courier.Pacing;

namespace Courier.Tests.Pacing;

/// <summary>Three different requests within a minute condemn a key that no probe proves.</summary>
public sealed class SuspicionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a", "b", "c", 60, true)]
    [InlineData("a", "b", "c", 60.001, false)]
    [InlineData("a", "b", "b", 1, false)]
    public void Three_different_ones_within_a_minute_are_enough(string first, string second, string third, double seconds, bool isEnough)
    {
        Suspicion suspicion = new();

        Assert.False(suspicion.Grow(first, s_now));
        Assert.False(suspicion.Grow(second, s_now.AddSeconds(1)));
        Assert.Equal(isEnough, suspicion.Grow(third, s_now.AddSeconds(seconds)));
    }

    [Fact]
    public void Cleared_it_begins_anew_each_time()
    {
        Suspicion suspicion = new();
        for (int i = 0; i < 2; i++)
        {
            Assert.False(suspicion.Grow("a", s_now));
            Assert.False(suspicion.Grow("b", s_now));
            suspicion.Clear();
            suspicion.Clear();
        }

        Assert.False(suspicion.Grow("c", s_now));
    }
}
