using System.Net;
using Courier.Resilience;

namespace Courier.Tests.Resilience;

/// <summary>Read on a clock that stands at noon of 1 January 2026, a Thursday; the real clock must not matter.</summary>
public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("120", 120)]
    [InlineData("  30\t", 30)]
    [InlineData("007", 7)]
    [InlineData("86400", 86_400)]
    public void Seconds_are_waited(string value, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(value, s_now));

    [Theory]
    [InlineData("Thu, 01 Jan 2026 12:00:00 GMT", 0)]
    [InlineData("Thu, 01 Jan 2026 12:00:10 GMT", 10)]
    [InlineData("Thu, 01 Jan 2026 13:30:00 GMT", 5400)]
    [InlineData(" Thu, 01 Jan 2026 12:00:10 GMT ", 10)]
    [InlineData("thu, 1 jan 2026 12:00:10 gmt", 10)]
    [InlineData("Thursday, 01-Jan-26 12:00:10 GMT", 10)]
    [InlineData("Thu Jan  1 12:00:10 2026", 10)]
    [InlineData("Thu, 01 Jan 2026 12:00:10 UTC", 10)]
    [InlineData("Thu, 01 Jan 2026 14:00:10 +0200", 10)]
    [InlineData("Thu, 01 Jan 2026 14:00:10 +02:00", 10)]
    [InlineData("2026-01-01T12:00:10Z", 10)]
    [InlineData("2026-01-01T14:00:10+02:00", 10)]
    [InlineData("2026-01-01T12:00:10.5Z", 10.5)]
    [InlineData("2026-01-01T12:00:10", 10)]
    public void Date_is_waited_for(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(value, s_now));

    [Theory]
    [InlineData("Thu, 01 Jan 2026 11:59:59 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun Nov  6 08:49:37 1994")]
    public void Date_that_has_passed_is_no_wait(string value) => Assert.Equal(TimeSpan.Zero, RetryAfter.Read(value, s_now));

    [Theory]
    [InlineData("86401")]
    [InlineData("315360000")]
    [InlineData("999999999")]
    [InlineData("2147483648")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("Fri, 02 Jan 2026 12:00:01 GMT")]
    [InlineData("Tue, 01 Jan 2036 12:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public void Longer_than_a_day_is_a_day(string value) => Assert.Equal(RetryAfter.Longest, RetryAfter.Read(value, s_now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("+30")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("30s")]
    [InlineData("30, 60")]
    [InlineData("٣٠")]
    [InlineData("2026-01-01")]
    [InlineData("13:00")]
    [InlineData("13:00:00")]
    [InlineData("1 Jan 13:00")]
    [InlineData("Thu, 99 Jan 2026 12:00:10 GMT")]
    [InlineData("Thu, 01 Jan 2026 12:00:10 GMT, Thu, 01 Jan 2026 12:00:20 GMT")]
    [InlineData("soon: 12:00")]
    public void What_is_neither_counts_as_absent(string? value) => Assert.Null(RetryAfter.Read(value, s_now));

    [Theory]
    [InlineData("120", 120)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData("Thu, 01 Jan 2026 12:00:10 GMT", 10)]
    public void Header_of_an_answer_is_read_as_it_came(string value, int? seconds)
    {
        using HttpResponseMessage answer = new(HttpStatusCode.TooManyRequests);
        answer.Headers.TryAddWithoutValidation("retry-after", value);

        Assert.Equal(seconds, RetryAfter.Read(answer, s_now)?.TotalSeconds);
    }

    [Fact]
    public void Answer_without_the_header_says_nothing()
    {
        using HttpResponseMessage answer = new(HttpStatusCode.TooManyRequests);

        Assert.Null(RetryAfter.Read(answer, s_now));
    }

    [Fact]
    public void Header_that_stands_twice_counts_as_absent()
    {
        using HttpResponseMessage answer = new(HttpStatusCode.TooManyRequests);
        answer.Headers.TryAddWithoutValidation("Retry-After", ["30", "60"]);

        Assert.Null(RetryAfter.Read(answer, s_now));
    }
}
