using Courier.Api;
using Courier.Pacing;
using Courier.Quota;

namespace Courier.Tests.Pacing;

/// <summary>How many of 5,000 calls an hour an answer says are left.</summary>
public sealed class RateLimitHeadersTests
{
    private static readonly QuotaOptions s_quota = new();

    [Theory]
    [InlineData("ratelimit", "\"default\";r=50;t=30", 50)]
    [InlineData("ratelimit", "default;r=50", 50)]
    [InlineData("ratelimit", "\"hour\";r=0;t=30", 0)]
    [InlineData("ratelimit", "default;rx=70;r=50", 50)]
    [InlineData("ratelimit", "limit=5000, remaining=50, reset=5", 50)]
    [InlineData("ratelimit-remaining", "50", 50)]
    [InlineData("x-ratelimit-remaining", "50", 50)]
    [InlineData("x-rate-limit-remaining", " 50 ", 50)]
    [InlineData("x-ratelimit-remaining", "50, 50;w=3600", 50)]
    public void Every_shape_is_read(string name, string value, int left) => Assert.Equal(left, Read((name, value)));

    [Fact]
    public void Of_several_items_the_one_with_our_window_counts()
    {
        Assert.Equal(900, Read(("ratelimit", "\"burst\";r=0;t=5, \"hourly\";r=900;t=1200"), ("ratelimit-policy", "\"burst\";q=100;w=60, \"hourly\";q=5000;w=3600")));
        Assert.Null(Read(("ratelimit", "\"burst\";r=0;t=5, \"hourly\";r=900;t=1200")));
    }

    [Theory]
    [InlineData("x-ratelimit-remaining", "")]
    [InlineData("x-ratelimit-remaining", "many")]
    [InlineData("x-ratelimit-remaining", "-1")]
    [InlineData("x-ratelimit-remaining", "5.5")]
    [InlineData("x-ratelimit-remaining", "99999999999999")]
    [InlineData("ratelimit", "")]
    [InlineData("ratelimit", ";;;,,,==")]
    [InlineData("ratelimit", "\"default\";t=30")]
    [InlineData("ratelimit", "remaining")]
    [InlineData("x-ratelimit-reset", "1767225600")]
    [InlineData("ratelimit", "limit=100, remaining=50, reset=5")] // of a minute
    public void What_is_malformed_says_nothing(string name, string value) => Assert.Null(Read((name, value)));

    [Theory]
    [InlineData("ratelimit-remaining", "ratelimit-limit")]
    [InlineData("x-ratelimit-remaining", "x-ratelimit-limit")]
    [InlineData("x-rate-limit-remaining", "x-rate-limit-limit")]
    public void Limit_of_a_minute_is_not_ours(string left, string limit)
    {
        Assert.Null(Read((left, "0"), (limit, "2499")));
        Assert.Equal(0, Read((left, "0"), (limit, "2500")));
    }

    [Theory]
    [InlineData("70", "50", 50)]
    [InlineData("50", "70", 50)]
    public void Of_several_fields_the_one_with_the_least_counts(string one, string other, int left) =>
        Assert.Equal(left, Read(("ratelimit-remaining", one), ("x-ratelimit-remaining", other)));

    [Fact]
    public void Of_items_without_a_policy_none_counts_when_another_has_one() =>
        Assert.Null(Read(("ratelimit", "\"hourly\";r=900, \"other\";r=3"), ("ratelimit-policy", "\"hourly\";q=5000;w=3600")));

    private static int? Read(params (string Name, string Value)[] headers) =>
        RateLimitHeaders.Left(new ApiResponse(200, headers.ToDictionary(header => header.Name, header => header.Value), ReadOnlyMemory<byte>.Empty), s_quota);
}
