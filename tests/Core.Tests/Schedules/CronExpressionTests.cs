using Courier.Schedules;
using Courier.Tests.Quota;
using FsCheck;
using FsCheck.Fluent;
using static Courier.Tests.Schedules.TestSchedules;

namespace Courier.Tests.Schedules;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("0 0 6 * * *", "6:00", "5:59:59", null)]
    [InlineData("0 0 6 * * *", "5:00", "6:00", "6:00")]
    [InlineData("0 0 6 * * *", "5:00", "23:00", "6:00")]
    [InlineData("0 0 6 * * *", "6:00", "23:00", null)]
    [InlineData("0 0 6 * * *", "7:00", "6:00", null)]
    [InlineData("0 0 6 * * *", "5:59:59.5", "6:00:00.5", "6:00")]
    [InlineData("0 0 6 * * *", "6:00", "6:00", null)]
    [InlineData("*/15 * * * * *", "5:00", "6:00:44.999", "6:00:30")]
    [InlineData("0 0 6 * * MON", "5:00", "23:00", null)]
    [InlineData("0 0 6 1 JAN THU", "5:00", "23:00", "6:00")]
    public void Latest_occurrence_is_after_the_one_moment_and_not_after_the_other(string cron, string after, string until, string? latest) =>
        Assert.Equal(latest is null ? null : At(latest), new CronExpression(cron, TimeZoneInfo.Utc).Latest(At(after), At(until)));

    /// <summary>Counted second by second, with fields of our own.</summary>
    [Fact]
    public void Latest_occurrence_is_the_one_that_counting_finds() => RandomWalk.Hold(400, random =>
    {
        (string Text, HashSet<int> Values)[] fields = [Field(random, 0, 59), Field(random, 0, 59), Field(random, 0, 23), Field(random, 1, 31), Field(random, 1, 12), Field(random, 0, 6)];
        DateTimeOffset after = At("0:00") + random.Seconds(0, 400 * 86_400);
        DateTimeOffset until = after + random.Seconds(0, Math.Pow(10, 5 * random.NextDouble()));

        DateTimeOffset second = until - TimeSpan.FromTicks(until.Ticks % TimeSpan.TicksPerSecond);
        while (second > after && !IsOccurrence(fields, second))
            second -= TimeSpan.FromSeconds(1);

        string cron = string.Join(' ', fields.Select(field => field.Text));
        Assert.Equal((cron, after, until, second > after ? second : null), (cron, after, until, new CronExpression(cron, TimeZoneInfo.Utc).Latest(after, until)));
    });

    /// <summary>Weekdays as the platform's NCRONTAB reads them where it reads them rightly, and as they are meant where it does not.</summary>
    [Theory]
    [InlineData("2/5", "TUE")]
    [InlineData("1/3", "MON,THU")]
    [InlineData("MON/3", "MON,THU")]
    [InlineData("6/1", "SAT")]
    [InlineData("sat/2", "SAT")]
    [InlineData("0/2", "SUN,TUE,THU,SAT")]
    [InlineData("7/2", "SUN")]
    [InlineData("*/5", "SUN,FRI")]
    [InlineData("1-5/2", "MON,WED,FRI")]
    [InlineData("FRI-MON/2", "SUN,FRI")]
    [InlineData("3,2/5", "TUE,WED")]
    [InlineData("FRI-MON", "SUN,MON,FRI,SAT")]
    [InlineData("5-1", "SUN,MON,FRI,SAT")]
    [InlineData("5-7", "SUN,FRI,SAT")]
    [InlineData("7", "SUN")]
    public void Weekdays_are(string field, string days)
    {
        CronExpression cron = new($"0 0 0 * * {field}", TimeZoneInfo.Utc);

        IEnumerable<DateTimeOffset> week = Enumerable.Range(4, 7).Select(day => At("0:00", day)); // 4 January 2026 is a Sunday
        Assert.Equal(days, string.Join(',', week.Where(day => cron.Next(day.AddSeconds(-1)) == day).Select(day => day.ToString("ddd", null).ToUpperInvariant())));
    }

    [Fact]
    public void First_seconds_after_a_pause_of_hours_are_not_missed() =>
        Assert.Equal(At("12:04:04"), new CronExpression("* 4-33 * * * *", TimeZoneInfo.Utc).Latest(At("11:39:32"), At("12:04:04")));

    [Fact]
    public void Year_of_seconds_is_as_quick_as_a_minute()
    {
        CronExpression everySecond = new("* * * * * *", TimeZoneInfo.Utc);
        DateTimeOffset now = At("6:00:30.25");

        // Second by second this would be thirty thousand million steps.
        for (int year = 1; year <= 1000; year++)
            Assert.Equal(At("6:00:30"), everySecond.Latest(now.AddYears(-year), now));
    }

    [Theory]
    [InlineData("0 0 0 29 2 *", "2024-02-29")]
    [InlineData("0 0 0 29 2 MON", "2016-02-29")]
    [InlineData("0 0 0 29 2 SUN", "2004-02-29")]
    public void Rarest_days_are_found(string cron, string day) =>
        Assert.Equal(DateTimeOffset.Parse(day + "Z", null), new CronExpression(cron, TimeZoneInfo.Utc).Latest(At("0:00") - CronExpression.LongestPause, At("0:00")));

    [Fact]
    public void Longest_pause_is_long_enough_for_every_weekday_around_a_year_without_its_leap_day() => Assert.All(Enumerable.Range(0, 7), weekday =>
    {
        CronExpression cron = new($"0 0 0 29 2 {weekday}", TimeZoneInfo.Utc);

        foreach (int year in Enumerable.Range(2096, 20))
            Assert.NotNull(cron.Latest(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero) - CronExpression.LongestPause, new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    });

    [Theory]
    [InlineData("0 0 0 30 2 *")]
    [InlineData("0 0 0 31 4,6,9,11 *")]
    [InlineData("0 0 0 31 FEB MON")]
    public void Expression_without_any_day_is_refused(string cron) => Assert.Equal("There is no such day, so it would never run.", CronExpression.Problem(cron));

    [Fact]
    public void Whatever_the_expression_it_is_used_or_refused_with_a_reason() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(20_000).WithStartSize(1).WithEndSize(16),
        Prop.ForAll(Pieces().ArrayOf().Select(string.Concat).ToArbitrary(), text => CronExpression.Problem(text) is null or { Length: > 0 }));

    private static Gen<string> Pieces() =>
        Gen.Elements("*", " ", " ", "* * * * * ", "/", "-", ",", "0", "1", "31", "2", "59", "60", "7", "99999999999", "99999999999999999999", "MON", "FEB", "L", "?", "#", "-1", "x", "H", "W", "@daily", "JAN-", "\t", "\0", "é");

    private static (string Text, HashSet<int> Values) Field(Random random, int least, int most)
    {
        int step = random.Next(1, most + 1), from = random.Next(least, (most / 2) + 1), to = random.Next((most / 2) + 1, most + 1);
        int[] some = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(least, most + 1))];
        IEnumerable<int> all = Enumerable.Range(least, most - least + 1);
        return random.Next(5) switch
        {
            0 => ("*", [.. all]),
            1 => ($"*/{step}", [.. all.Where(value => (value - least) % step == 0)]),
            2 => (string.Join(',', some), [.. some]),
            3 => ($"{from}/{step}", [.. all.Where(value => value >= from && (value - from) % step == 0)]),
            _ => ($"{from}-{to}", [.. all.Where(value => value >= from && value <= to)]),
        };
    }

    private static bool IsOccurrence((string Text, HashSet<int> Values)[] fields, DateTimeOffset moment) =>
        fields.Zip([moment.Second, moment.Minute, moment.Hour, moment.Day, moment.Month, (int)moment.DayOfWeek]).All(pair => pair.First.Values.Contains(pair.Second));
}
