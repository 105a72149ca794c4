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
    [InlineData("6.5", 7)]
    [InlineData("7.0", 7)]
    [InlineData("0.2", 1)]
    [InlineData("30, 60", 60)]
    [InlineData("90,60", 90)]
    [InlineData("30, soon", 30)]
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
    [InlineData("2026-01-01T12:01Z", 60)]
    [InlineData("Mon, 01 Jan 2026 12:00:10 GMT", 10)]
    [InlineData("Monday, 01-Jan-26 12:00:10 GMT", 10)]
    [InlineData("Thursday, 01-Jan-2026 12:00:10 GMT", 10)]
    [InlineData("Fri Jan  1 12:00:10 2026", 10)]
    [InlineData("01 Jan 2026 12:00:10 GMT", 10)]
    [InlineData("Thu, 01 Jan 2026 12:00:10 GMT, Thu, 01 Jan 2026 12:00:20 GMT", 20)]
    [InlineData("30, Thu, 01 Jan 2026 12:00:20 GMT", 30)]
    [InlineData("1767268810", 10)]
    [InlineData("1767268810.25", 10.25)]
    [InlineData("1767268810000", 10)]
    public void Date_is_waited_for(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(value, s_now));

    [Theory]
    [InlineData("Thu, 01 Jan 2026 11:59:59 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun Nov  6 08:49:37 1994")]
    [InlineData("1767268799")]
    [InlineData("1767182399")]
    [InlineData("1760000000")]
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
    [InlineData("1.5.2")]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("30s")]
    [InlineData("٣٠")]
    [InlineData("2026-01-01")]
    [InlineData("13:00")]
    [InlineData("13:00:00")]
    [InlineData("1 Jan 13:00")]
    [InlineData("Thu, 99 Jan 2026 12:00:10 GMT")]
    [InlineData("-1, soon")]
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

    [Theory]
    [InlineData("30", "60", 60)]
    [InlineData("60", "30", 60)]
    [InlineData("soon", "30", 30)]
    [InlineData("Thu, 01 Jan 2026 12:00:10 GMT", "5", 10)]
    public void Longest_of_several_lines_is_waited(string first, string second, int seconds)
    {
        using HttpResponseMessage answer = Answer(503, ("Retry-After", first), ("Retry-After", second));

        Assert.Equal(seconds, RetryAfter.Read(answer, s_now)?.TotalSeconds);
    }

    [Theory]
    [InlineData("Thu, 01 Jan 2026 12:00:10 GMT", "Thu, 01 Jan 2026 12:00:00 GMT", 10)]
    [InlineData("Thu, 01 Jan 2026 13:00:10 GMT", "Thu, 01 Jan 2026 13:00:00 GMT", 10)] // its clock is an hour ahead
    [InlineData("Thu, 01 Jan 2026 11:00:10 GMT", "Thursday, 01-Jan-26 11:00:00 GMT", 10)] // and an hour behind
    [InlineData("1767272410", "Thu, 01 Jan 2026 13:00:00 GMT", 10)]
    [InlineData("10", "Thu, 01 Jan 2026 13:00:00 GMT", 10)]
    [InlineData("Thu, 01 Jan 2026 12:00:10 GMT", "yesterday", 10)]
    public void Date_is_measured_against_the_clock_of_the_answer(string value, string date, int seconds)
    {
        using HttpResponseMessage answer = Answer(429, ("Retry-After", value), ("Date", date));

        Assert.Equal(seconds, RetryAfter.Read(answer, s_now)?.TotalSeconds);
    }

    [Theory]
    [InlineData(429, "retry-after-ms", "1500", 1.5)]
    [InlineData(503, "retry-after-ms", "1500.2", 1.501)]
    [InlineData(429, "X-RateLimit-Reset", "30", 30.0)]
    [InlineData(429, "X-RateLimit-Reset", "1767268810", 10.0)]
    [InlineData(429, "x-rate-limit-reset", "1767268810", 10.0)]
    [InlineData(429, "RateLimit-Reset", "30", 30.0)]
    [InlineData(429, "X-RateLimit-Reset", "2026-01-01T12:01Z", 60.0)]
    [InlineData(429, "X-RateLimit-Reset", "tomorrow", null)]
    [InlineData(503, "X-RateLimit-Reset", "30", null)] // not about this answer
    public void What_stands_in_place_of_the_header_is_read(int status, string name, string value, double? seconds)
    {
        using HttpResponseMessage answer = Answer(status, (name, value));

        Assert.Equal(seconds, RetryAfter.Read(answer, s_now)?.TotalSeconds);
    }

    [Fact]
    public void Retry_after_is_preferred_to_what_stands_beside_it()
    {
        using HttpResponseMessage answer = Answer(429, ("X-RateLimit-Reset", "3600"), ("Retry-After", "7"), ("retry-after-ms", "9000"));

        Assert.Equal(7, RetryAfter.Read(answer, s_now)?.TotalSeconds);
    }

    private static HttpResponseMessage Answer(int status, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage answer = new((HttpStatusCode)status);
        foreach ((string name, string value) in headers)
            Assert.True(answer.Headers.TryAddWithoutValidation(name, value));
        return answer;
    }
}
