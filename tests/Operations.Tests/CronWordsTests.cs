using Courier.Operations.Wording;
using Courier.Schedules;

namespace Courier.Operations.Tests;

public sealed class CronWordsTests
{
    private static readonly DateTimeOffset s_begin = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0 0 6 * * *", "every day at 06:00")]
    [InlineData("30 0 6 * * *", "every day at 06:00:30")]
    [InlineData("0 30 6 * * 1-5", "Monday to Friday at 06:30")]
    [InlineData("0 0 6 * * MON", "every Monday at 06:00")]
    [InlineData("0 0 6 * * 7", "every Sunday at 06:00")]
    [InlineData("0 0 6 * * 5-7", "Friday to Sunday at 06:00")]
    [InlineData("0 0 6 * * FRI-MON", "Friday to Monday at 06:00")]
    [InlineData("0 0 6 * * MON,WED,SUN", "Monday, Wednesday and Sunday at 06:00")]
    [InlineData("0 0 6 * * 2/5", "every Tuesday at 06:00")]
    [InlineData("0 0 6,18 * * *", "every day at 06:00 and 18:00")]
    [InlineData("0 0,20,40 6 * * *", "every day at 06:00, 06:20 and 06:40")]
    [InlineData("0 0 6 1 * *", "on day 1 of each month at 06:00")]
    [InlineData("0 0 6 1-7,15 * *", "on the days 1 to 7 and 15 of each month at 06:00")]
    [InlineData("0 0 6 1-7 * MON", "on the days 1 to 7 of each month, but only Monday at 06:00")]
    [InlineData("0 0 6 29 2 *", "on day 29 of February at 06:00")]
    [InlineData("0 0 6 * JAN *", "every day in January at 06:00")]
    [InlineData("0 0 6 * NOV-FEB 1-5", "Monday to Friday in November to February at 06:00")]
    [InlineData("0 0 6 L * *", "on the last day of each month at 06:00")]
    [InlineData("0 0 6 LW * *", "on the last working day of each month at 06:00")]
    [InlineData("0 0 6 15W * *", "on the working day nearest to day 15 of each month at 06:00")]
    [InlineData("0 0 6 * * MON#2", "on the second Monday of the month at 06:00")]
    [InlineData("0 0 6 ? * 5L", "on the last Friday of the month at 06:00")]
    [InlineData("0 * * * * *", "every minute")]
    [InlineData("*/5 * * * * *", "every minute")]
    [InlineData("0 */15 * * * *", "every 15 minutes")]
    [InlineData("0 */15 * * * 1-5", "every 15 minutes, Monday to Friday")]
    [InlineData("0 5/10 * * * *", "every 10 minutes, first at minute 5")]
    [InlineData("0 0 * * * *", "every hour")]
    [InlineData("0 30 * * * *", "every hour at minute 30")]
    [InlineData("15 30 * * * *", "every hour at minute 30 at second 15")]
    [InlineData("0 0 */2 * * *", "every 2 hours")]
    [InlineData("0 0 9-17 * * MON-FRI", "every hour from 09:00 to 17:00, Monday to Friday")]
    [InlineData("0 */15 9-17 * * *", "every 15 minutes from 09:00 to 17:45")]
    [InlineData("0 * 22-2 * * *", "every minute from 22:00 to 02:59")]
    [InlineData("0 7 1,4,5,9,20 * * *", "at minute 7 of the hours 1, 4, 5, 9 and 20")]
    [InlineData("@daily", "every day at 00:00")]
    [InlineData("0 0 6 L-3 * *", "0 0 6 L-3 * *")]
    public void Expression_reads(string text, string words) => Assert.Equal($"{words}, UTC", Words(text));

    [Fact]
    public void Zone_is_named() => Assert.Equal("every day at 06:00, Europe/Vienna", CronWords.Of(new CronExpression("0 0 6 * * *", TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna"))));

    /// <summary>The words come from sets of values that are read here; the library that runs the schedules has read the same.</summary>
    [Fact]
    public void Values_are_those_that_the_schedule_runs_by()
    {
        Random random = new(47);
        for (int i = 0; i < 3000; i++)
        {
            string second = Field(random, 0, 59), minute = Field(random, 0, 59), hour = Field(random, 0, 23);
            string day = Field(random, 1, 31), month = Field(random, 1, 12), weekday = Weekday(random);
            Hold(second, Runs($"{second} 0 0 1 1 *", at => at.Second), CronField.Second(second));
            Hold(minute, Runs($"0 {minute} 0 1 1 *", at => at.Minute), CronField.Second(minute));
            Hold(hour, Runs($"0 0 {hour} 1 1 *", at => at.Hour), CronField.Hour(hour));
            Hold(day, Runs($"0 0 0 {day} 1 *", at => at.Day), CronField.Day(day));
            Hold(month, Runs($"0 0 0 1 {month} *", at => at.Month), CronField.Month(month));
            Hold(weekday, Runs($"0 0 0 3-9 1 {weekday}", at => (int)at.DayOfWeek), CronField.Weekday(weekday));
        }
    }

    /// <summary>Whoever reads the words knows when it runs: no two expressions share them that run at different times.</summary>
    [Fact]
    public void Same_words_mean_the_same_times()
    {
        Random random = new(48);
        Dictionary<string, (string Text, string Times)> known = [];
        int shared = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = $"{Pick(random, "0", "0", "30")} {Pick(random, "*", "0", "30", "0,30", "*/30", "5/10", "*/20", "0,10,20,30,40,50", "1-3")} {Pick(random, "*", "6", "9-17", "22-2", "*/2", "0/12", "6,18", "1,4,7,9,20")} "
                + $"{Pick(random, "*", "*", "?", "1", "1-7", "L", "LW", "15W", "1,2,3,4,5,6,7")} {Pick(random, "*", "*", "JAN", "1", "1-3", "NOV-FEB")} {Pick(random, "*", "*", "1-5", "MON-FRI", "MON", "1", "7", "0", "5-7", "MON#2", "5L", "0-6")}";
            string words = Words(text);
            string times = string.Join(' ', Occurrences(text).Take(40));
            shared += known.TryAdd(words, (text, times)) ? 0 : 1;
            Assert.Equal((words, known[words].Text, known[words].Times), (words, known[words].Text, times));
        }

        Assert.True(shared > 5000, $"{shared} expressions shared their words: too few to show anything.");
    }

    private static void Hold(string field, IEnumerable<int> runs, CronField? read) => Assert.Equal($"{field}: {string.Join(' ', runs)}", $"{field}: {string.Join(' ', read!.Values)}");

    private static string Words(string text) => CronWords.Of(new CronExpression(text, TimeZoneInfo.Utc));

    private static int[] Runs(string text, Func<DateTimeOffset, int> value) =>
        [.. Occurrences(text).TakeWhile(at => at < s_begin.AddYears(1)).Select(value).Distinct().Order()];

    private static IEnumerable<DateTimeOffset> Occurrences(string text)
    {
        CronExpression cron = new(text, TimeZoneInfo.Utc);
        for (DateTimeOffset? at = cron.Next(s_begin.AddTicks(-1)); at is { } next; at = cron.Next(next))
            yield return next;
    }

    private static string Field(Random random, int least, int most)
    {
        int a = random.Next(least, most + 1), b = random.Next(least, most + 1), step = random.Next(1, most - least + 1);
        return Pick(random, "*", $"*/{step}", $"{a}", $"{a},{b}", $"{a}-{b}", $"{a}-{b}/{step}", $"{a}/{step}", $"{a}-{b},{least}");
    }

    private static string Weekday(Random random)
    {
        string[] days = ["SUN", "mon", "TUE", "WED", "Thu", "FRI", "SAT", "0", "1", "2", "3", "4", "5", "6"];
        (string a, string b, int step) = (Pick(random, days), Pick(random, days), random.Next(1, 7));
        return Pick(random, "*", $"*/{step}", a, $"{a},{b}", $"{a}-{b}", $"{a}-{b}/{step}", $"{a}/{step}", "7", "5-7", "1-7", "7/2", "3-7/2");
    }

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];
}
