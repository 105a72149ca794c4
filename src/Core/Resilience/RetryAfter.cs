using System.Globalization;

namespace Courier.Resilience;

/// <summary>
/// Reads <c>Retry-After</c> (RFC 9110, 10.2.3) on the given clock. Seconds or an HTTP date; a moment that has passed is zero;
/// anything else (negative, not a number, no date) is null, as if the header were absent; and no answer puts us off for longer than <see cref="Longest"/>.
/// </summary>
public static class RetryAfter
{
    /// <summary>A longer wait is more likely a mistake than a wish; after it the API is asked again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Added to what the API asks for: clocks differ, and timers fire some milliseconds early.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The three forms of RFC 9110, 5.6.7, the first also with other names of its zone; and ISO 8601. Whole dates only:
    /// what lacks a day or a year would be completed from the real clock.
    /// </summary>
    private static readonly string[] s_dates =
    [
        "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss 'UTC'", "ddd, d MMM yyyy HH:mm:ss zzz",
        "dddd, d-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? Read(values.ToString(), now) : null;

    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        string text = value?.Trim() ?? "";
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return text.Length > 9 ? Longest : Bounded(TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture)));
        return DateTimeOffset.TryParseExact(text.ToUpperInvariant(), s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out DateTimeOffset at)
            ? Bounded(at - now)
            : null;
    }

    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
