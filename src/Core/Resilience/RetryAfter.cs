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

    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? Read(values.ToString(), now) : null;

    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        string text = value?.Trim() ?? "";
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return text.Length > 9 ? Longest : Bounded(TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture)));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) && text.Contains(':', StringComparison.Ordinal)
            ? Bounded(at - now)
            : null;
    }

    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
