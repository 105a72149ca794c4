using Courier.Pacing;

namespace Courier.Tests.Pacing;

public sealed class HoldDelayTests
{
    [Theory]
    [InlineData(0, 30)]
    [InlineData(20, 30)]
    [InlineData(60, 30)]
    [InlineData(62, 31)]
    [InlineData(600, 300)]
    [InlineData(1798, 899)]
    [InlineData(1800, 900)]
    [InlineData(86_400, 900)]
    public void Waits_half_as_long_again_within_its_bounds(int secondsSoFar, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), HoldDelay.Of(TimeSpan.FromSeconds(secondsSoFar)));
}
