using Courier.Schedules;

namespace Courier.Tests.Schedules;

/// <summary>Both clock changes of 2026 in three zones: by an hour in the northern hemisphere, by half an hour in the southern.</summary>
public sealed class ClockChangeTests
{
    private const string Vienna = "Europe/Vienna", NewYork = "America/New_York", LordHowe = "Australia/Lord_Howe";

    [Theory]
    [InlineData(Vienna, "0 30 6 * * *", "2026-03-28T05:30Z 2026-03-29T04:30Z 2026-03-30T04:30Z")]
    [InlineData(Vienna, "0 30 6 * * *", "2026-10-24T04:30Z 2026-10-25T05:30Z 2026-10-26T05:30Z")]
    [InlineData(NewYork, "0 30 6 * * *", "2026-03-07T11:30Z 2026-03-08T10:30Z 2026-03-09T10:30Z")]
    [InlineData(NewYork, "0 30 6 * * *", "2026-10-31T10:30Z 2026-11-01T11:30Z 2026-11-02T11:30Z")]
    [InlineData(LordHowe, "0 30 6 * * *", "2026-10-02T20:00Z 2026-10-03T19:30Z 2026-10-04T19:30Z")]
    [InlineData(LordHowe, "0 30 6 * * *", "2026-04-03T19:30Z 2026-04-04T20:00Z 2026-04-05T20:00Z")]
    public void Time_of_day_stays_the_time_of_day(string zone, string cron, string expected) => Holds(zone, cron, expected);

    /// <summary>2:30 in Vienna and New York, 2:15 on Lord Howe: the clock passes over it.</summary>
    [Theory]
    [InlineData(Vienna, "0 30 2 * * *", "2026-03-28T01:30Z 2026-03-29T01:00Z 2026-03-30T00:30Z")]
    [InlineData(NewYork, "0 30 2 * * *", "2026-03-07T07:30Z 2026-03-08T07:00Z 2026-03-09T06:30Z")]
    [InlineData(LordHowe, "0 15 2 * * *", "2026-10-02T15:45Z 2026-10-03T15:30Z 2026-10-04T15:15Z")]
    public void Time_that_a_day_leaves_out_is_the_moment_of_the_change(string zone, string cron, string expected) => Holds(zone, cron, expected);

    [Theory]
    [InlineData(Vienna, "0 30 2 * * *", "2026-10-24T00:30Z 2026-10-25T00:30Z 2026-10-26T01:30Z")]
    [InlineData(NewYork, "0 30 1 * * *", "2026-10-31T05:30Z 2026-11-01T05:30Z 2026-11-02T06:30Z")]
    [InlineData(LordHowe, "0 45 1 * * *", "2026-04-03T14:45Z 2026-04-04T14:45Z 2026-04-05T15:15Z")]
    public void Time_that_a_day_has_twice_is_the_first_of_the_two(string zone, string cron, string expected) => Holds(zone, cron, expected);

    [Theory]
    [InlineData(Vienna, "0 30 * * * *", "2026-03-29T00:30Z 2026-03-29T01:30Z 2026-03-29T02:30Z")]
    [InlineData(Vienna, "0 30 * * * *", "2026-10-24T23:30Z 2026-10-25T00:30Z 2026-10-25T01:30Z 2026-10-25T02:30Z")]
    [InlineData(NewYork, "0 15 * * * *", "2026-03-08T06:15Z 2026-03-08T07:15Z 2026-03-08T08:15Z")]
    [InlineData(Vienna, "30 30,45 * * * *", "2026-03-29T00:45:30Z 2026-03-29T01:30:30Z 2026-03-29T01:45:30Z")]
    [InlineData(LordHowe, "0 15 * * * *", "2026-10-03T14:45Z 2026-10-03T16:15Z 2026-10-03T17:15Z")]
    [InlineData(NewYork, "0 */30 * * * *", "2026-03-08T06:30Z 2026-03-08T07:00Z 2026-03-08T07:30Z")]
    [InlineData(NewYork, "0 */30 * * * *", "2026-11-01T05:00Z 2026-11-01T05:30Z 2026-11-01T06:00Z 2026-11-01T06:30Z 2026-11-01T07:00Z")]
    [InlineData(LordHowe, "0 */15 * * * *", "2026-10-03T15:15Z 2026-10-03T15:30Z 2026-10-03T15:45Z")]
    [InlineData(LordHowe, "0 */15 * * * *", "2026-04-04T14:30Z 2026-04-04T14:45Z 2026-04-04T15:00Z 2026-04-04T15:15Z")]
    public void Interval_goes_on_through_the_change(string zone, string cron, string expected) => Holds(zone, cron, expected);

    [Theory]
    [InlineData(Vienna, 2026)]
    [InlineData(NewYork, 2026)]
    [InlineData(LordHowe, 2026)]
    public void Every_time_of_day_comes_once_on_every_day_of_the_year(string id, int year)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        foreach (int minutes in Enumerable.Range(0, 16).Select(quarter => quarter * 15))
        {
            CronExpression cron = new($"0 {minutes % 60} {minutes / 60} * * *", zone);
            DateTimeOffset at = new(year, 1, 1, 12, 0, 0, TimeSpan.Zero);
            for (DateOnly day = new(year, 1, 2); day.Year == year; day = day.AddDays(1))
            {
                DateTimeOffset next = cron.Next(at)!.Value;
                if (day > new DateOnly(year, 1, 3)) // before, the zone's distance to UTC decides which day it is
                    Assert.Equal(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).Date).AddDays(1), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(next, zone).Date));
                Assert.Equal(next, cron.Latest(at, next));
                at = next;
            }
        }
    }

    private static void Holds(string zone, string cron, string expected)
    {
        DateTimeOffset[] moments = [.. expected.Split(' ').Select(text => DateTimeOffset.Parse(text, null))];
        CronExpression expression = new(cron, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(moments[1..], moments[..^1].Select(moment => expression.Next(moment)!.Value));
        Assert.Equal(moments[0], expression.Next(moments[0].AddSeconds(-1)));
        Assert.Equal(moments[^1], expression.Latest(moments[0], moments[^1].AddSeconds(59)));
    }
}
