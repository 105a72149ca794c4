using Courier.Pacing;

namespace Courier.Tests.Pacing;

/// <summary>What a 429 is about, by what is known without asking.</summary>
public sealed class RefusalsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0.1, Claim.Quota)]
    [InlineData(1, 0.99, Claim.Request)]
    [InlineData(null, 0.95, Claim.Quota)]
    [InlineData(null, 0.5, Claim.Either)]
    public void Answer_and_ledger_tell(int? left, double used, Claim claim) => Assert.Equal(claim, Met("/a").Judge(left, used, isAgain: false, s_now));

    [Fact]
    public void Request_that_was_refused_before_is_no_proof_of_a_full_window() => Assert.Equal(Claim.Either, Met("/a").Judge(null, 0.95, isAgain: true, s_now));

    [Theory]
    [InlineData("/companies/example.com", "/companies/another.org", Claim.Either)]
    [InlineData("/companies/example.com", "/portfolios", Claim.Quota)]
    public void Two_paths_of_different_kinds_are_proof(string one, string other, Claim claim) => Assert.Equal(claim, Met(one, other).Judge(null, 0, isAgain: false, s_now));

    [Fact]
    public void Answer_to_another_request_clears_them() => Assert.Equal(Claim.Either, Met("/a").AndAnother().And("x", "/b", s_now).Judge(null, 0, isAgain: false, s_now));

    [Fact]
    public void Probe_that_was_answered_clears_them_until_six_in_a_row()
    {
        Refusals probed = Met("/a") with { ProbedAt = s_now };

        Assert.Equal(Claim.Request, probed.And("x", "/b", s_now.AddSeconds(1)).Judge(null, 0, isAgain: false, s_now.AddSeconds(1)));
        Assert.Equal(Claim.Quota, (Met("/a", "/b", "/c", "/d", "/e", "/f") with { ProbedAt = s_now }).Judge(null, 0, isAgain: false, s_now));
        Assert.Equal(Claim.Either, probed.And("x", "/b", s_now.AddSeconds(11)).Judge(null, 0, isAgain: false, s_now.AddSeconds(11)));
    }

    [Theory]
    [InlineData(0.899, Claim.Either)]
    [InlineData(0.9, Claim.Quota)]
    public void Nine_tenths_of_a_window_are_nearly_full(double used, Claim claim) => Assert.Equal(claim, Met("/a").Judge(null, used, isAgain: false, s_now));

    [Theory]
    [InlineData(10, Claim.Request, Claim.Quota)]
    [InlineData(10.001, Claim.Either, Claim.Either)]
    public void Ten_seconds_are_remembered(double seconds, Claim probed, Claim refused)
    {
        DateTimeOffset then = s_now.AddSeconds(seconds);

        Assert.Equal(probed, (Refusals.None with { ProbedAt = s_now }).And("x", "/b", then).Judge(null, 0, isAgain: false, then));
        Assert.Equal(refused, Met("/a").And("x", "/b", then).Judge(null, 0, isAgain: false, then));
    }

    private static Refusals Met(params string[] paths) =>
        paths.Index().Aggregate(Refusals.None, (refusals, path) => refusals.And($"r{path.Index}", path.Item, s_now));
}
