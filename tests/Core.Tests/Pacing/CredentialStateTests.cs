using Courier.Pacing;

namespace Courier.Tests.Pacing;

public sealed class CredentialStateTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_hold_is_sane_whatever_its_moments()
    {
        Assert.Null(CredentialState.None.Problem(s_now));
        Assert.Null(new CredentialState(null, Moment(9999), Moment(9999)).Problem(s_now));
    }

    [Theory]
    [InlineData(2026, 2026, null)]
    [InlineData(9999, 2026, "a key is held since a moment that cannot be.")]
    [InlineData(2026, 9999, "a key is held since a moment that cannot be.")]
    [InlineData(1, 2026, "a key is held since a moment that cannot be.")]
    public void Hold_is_of_a_moment_that_can_be(int since, int probed, string? problem) =>
        Assert.Equal(problem, new CredentialState("0123456789abcdef0123456789abcdef", Moment(since), Moment(probed)).Problem(s_now));

    private static DateTimeOffset Moment(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
