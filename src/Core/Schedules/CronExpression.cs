using System.Text.RegularExpressions;
using Cronos;
using Parsed = Cronos.CronExpression;

namespace Courier.Schedules;

/// <summary>A cron expression of six fields (second minute hour day month weekday) on the clocks of a time zone (docs/decisions/019).</summary>
public sealed partial class CronExpression(string text, TimeZoneInfo zone)
{
    /// <summary>No longer pause lies between two occurrences: 29 February on a given weekday comes after 40 years at the latest (over the year 2100).</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(41 * 366);

    /// <summary>As it was set.</summary>
    public string Text => text;

    public TimeZoneInfo Zone => zone;

    private readonly Parsed _schedule = Parsed.Parse(string.Join(' ', Fields(text)), CronFormat.IncludeSeconds);

    private readonly bool _isHourly = Fields(text) is [_, _, "*", ..];

    /// <summary>What is wrong with an expression; null when it may be used.</summary>
    public static string? Problem(string text)
    {
        try
        {
            return new CronExpression(text, TimeZoneInfo.Utc).Next(DateTimeOffset.UnixEpoch) is null ? "There is no such day, so it would never run." : null;
        }
        catch (MissingSeedException)
        {
            return "`H`, a time that is picked for you, is not among what a field may hold.";
        }
        catch (FormatException e) // of which Cronos's own are
        {
            return e.Message;
        }
    }

    /// <summary>
    /// The latest occurrence after the one moment and at or before the other; null when there is none. It halves the time in between,
    /// and so takes some 50 steps for a year of seconds.
    /// </summary>
    public DateTimeOffset? Latest(DateTimeOffset after, DateTimeOffset until)
    {
        if (Next(after) is not { } latest || latest > until)
            return null;
        DateTimeOffset noneAfter = until;
        while (latest < noneAfter)
        {
            DateTimeOffset middle = latest + ((noneAfter - latest) / 2);
            if (Next(middle) is { } next && next <= until)
                latest = next;
            else
                noneAfter = middle;
        }

        return latest;
    }

    /// <summary>The first occurrence after a moment, in UTC; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTime? next = _schedule.GetNextOccurrence(after.UtcDateTime, zone);
        // Half past two, when the clock goes from two to three, is run at three. An hourly schedule has its own run half an hour later.
        if (next is { } shifted && _isHourly && !IsOnTheClock(shifted))
            next = _schedule.GetNextOccurrence(shifted, zone);
        return next is { } found ? new DateTimeOffset(found, TimeSpan.Zero) : null;
    }

    private bool IsOnTheClock(DateTime moment)
    {
        DateTime local = DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(moment, zone), DateTimeKind.Utc);
        return _schedule.GetNextOccurrence(local, TimeZoneInfo.Utc, inclusive: true) == local;
    }

    private static string[] Fields(string text)
    {
        string[] fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 6)
            fields[5] = StepFromWeekday().Replace(fields[5], "$1-6/"); // Cronos counts on to 7, which is Sunday once more: 2/5 would be Tuesday and Sunday
        return fields;
    }

    [GeneratedRegex("(?<![-\\w])([0-6]|[A-Za-z]{3})/", RegexOptions.CultureInvariant)]
    private static partial Regex StepFromWeekday();
}
