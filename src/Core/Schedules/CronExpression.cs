using NCrontab;

namespace Courier.Schedules;

/// <summary>A six-field NCRONTAB expression (second minute hour day month weekday), in UTC.</summary>
public sealed class CronExpression(string text)
{
    /// <summary>No longer pause lies between two occurrences: 29 February on a given weekday comes after 40 years at the latest (over the year 2100).</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(41 * 366);

    private static readonly CrontabSchedule.ParseOptions s_withSeconds = new() { IncludingSeconds = true };

    private readonly CrontabSchedule _schedule = CrontabSchedule.Parse(text, s_withSeconds);

    /// <summary>What is wrong with an expression; null when it may be used.</summary>
    public static string? Problem(string text)
    {
        try
        {
            return new CronExpression(text).Next(DateTimeOffset.UnixEpoch) is null ? "There is no such day, so it would never run." : null;
        }
        catch (Exception e) when (e is CrontabException or OverflowException)
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

    /// <summary>The first occurrence after a moment; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTime from = after.UtcDateTime;
        DateTime lastSecond = from.AddTicks(-(from.Ticks % TimeSpan.TicksPerMinute)).AddSeconds(59);
        DateTime next = _schedule.GetNextOccurrence(from);
        // NCrontab 3.3.2 keeps its place within the minute when it goes on to another hour, and so misses the first seconds there.
        if (next > lastSecond)
            next = _schedule.GetNextOccurrence(lastSecond);
        return next < DateTime.MaxValue ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }
}
