using System.Globalization;

namespace Courier.Resilience;

/// <summary>A moment as headers write it.</summary>
internal static class Moment
{
    /// <summary>
    /// The three forms of RFC 9110, 5.6.7, without the weekday, which says nothing and is often wrong; the first also with other names of
    /// its zone; and ISO 8601. Whole dates only: what lacks a day or a year would be completed from the real clock.
    /// </summary>
    private static readonly string[] s_dates =
    [
        "d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss 'UTC'", "d MMM yyyy HH:mm:ss zzz",
        "d-MMM-yy HH:mm:ss 'GMT'", "d-MMM-yyyy HH:mm:ss 'GMT'", "MMM d HH:mm:ss yyyy", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    private static readonly string[] s_weekdays = [.. CultureInfo.InvariantCulture.DateTimeFormat.DayNames, .. CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames];

    /// <summary>A number of this size is no duration: it would be half a century.</summary>
    private static readonly TimeSpan s_plausible = TimeSpan.FromDays(366);

    public static DateTimeOffset? Read(string text)
    {
        ReadOnlySpan<char> date = text.AsSpan().Trim();
        int end = date.IndexOfAny(", ");
        if (end > 0 && s_weekdays.Contains(date[..end].ToString(), StringComparer.OrdinalIgnoreCase))
            date = date[(end + 1)..];
        return DateTimeOffset.TryParseExact(
            date.Trim().ToString().ToUpperInvariant(), s_dates, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out DateTimeOffset at) ? at : null;
    }

    /// <summary>Of seconds or milliseconds since 1970; null when that would be no time of these days.</summary>
    public static DateTimeOffset? OfEpoch(decimal number, DateTimeOffset now) => Near(number, now) ?? Near(number / 1000, now);

    private static DateTimeOffset? Near(decimal seconds, DateTimeOffset now) => Math.Abs(seconds - now.ToUnixTimeSeconds()) < (decimal)s_plausible.TotalSeconds
        ? DateTimeOffset.UnixEpoch.AddSeconds((double)seconds)
        : null;
}
