using System.Globalization;
using Courier.Schedules;

namespace Courier.Operations.Wording;

/// <summary>A cron expression in words: <c>Monday to Friday at 06:30, Europe/Vienna</c>. Seconds beyond the first are left out, since a schedule runs once a minute at most.</summary>
internal static class CronWords
{
    /// <summary>So many times of day are named one by one.</summary>
    private const int MostTimes = 4;

    private static readonly Dictionary<string, string> s_macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@every_second"] = "* * * * * *",
        ["@every_minute"] = "0 * * * * *",
        ["@hourly"] = "0 0 * * * *",
        ["@daily"] = "0 0 0 * * *",
        ["@midnight"] = "0 0 0 * * *",
        ["@weekly"] = "0 0 0 * * 0",
        ["@monthly"] = "0 0 0 1 * *",
        ["@yearly"] = "0 0 0 1 1 *",
        ["@annually"] = "0 0 0 1 1 *",
    };

    /// <returns>The expression itself where there are no words for it.</returns>
    public static string Of(CronExpression cron) => $"{Words(s_macros.GetValueOrDefault(cron.Text.Trim(), cron.Text)) ?? cron.Text}, {cron.Zone.Id}";

    private static string? Words(string text)
    {
        if (text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is not [var seconds, var minutes, var hours, var days, var months, var weekdays])
            return null;
        if (CronField.Second(seconds) is not { } second || CronField.Second(minutes) is not { } minute || CronField.Hour(hours) is not { } hour)
            return null;
        if (CronDays.Of(days, months, weekdays) is not { } day)
            return null;
        int exactly = second.Values is [var only] ? only : 0;
        return hour.Values.Count * minute.Values.Count <= MostTimes
            ? $"{day.Before} at {CronText.List(hour.Values.SelectMany(h => minute.Values.Select(m => Time(h, m, exactly))))}"
            : $"{Often(minute, hour)}{(exactly == 0 ? "" : $" at second {exactly}")}{day.After}";
    }

    private static string Often(CronField minute, CronField hour)
    {
        int first = minute.Values[0], last = minute.Values[^1];
        string within = Minutes(minute);
        return (minute.Values.Count, hour) switch
        {
            (1, { IsAll: true }) => $"every hour{AtMinute(first)}",
            (1, { Step: { } step }) when hour.Values[0] == 0 => $"every {step} hours{AtMinute(first)}",
            (1, { Stretch: { } hours }) => $"every hour from {Time(hours.First, first)} to {Time(hours.Last, first)}",
            (1, _) => $"at minute {first} of the hours {CronText.Ranges(hour.Values)}",
            (_, { IsAll: true }) => within + (minute.Step is null || first == 0 ? "" : $", first at minute {first}"),
            (_, { Stretch: { } hours }) => $"{within} from {Time(hours.First, first)} to {Time(hours.Last, last)}",
            _ => $"{within} of the hours {CronText.Ranges(hour.Values)}" + (minute.Step is null || first == 0 ? "" : $", first at minute {first}"),
        };
    }

    private static string Minutes(CronField minute) => minute switch
    {
        { IsAll: true } => "every minute",
        { Step: { } step } => $"every {step} minutes",
        _ => $"at the minutes {CronText.Ranges(minute.Values)}",
    };

    private static string AtMinute(int minute) => minute == 0 ? "" : $" at minute {minute}";

    private static string Time(int hour, int minute, int second = 0) => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}{(second == 0 ? "" : $":{second:00}")}");
}
