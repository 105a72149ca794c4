using System.Globalization;
using System.Net.Http.Headers;

namespace Courier.Resilience;

/// <summary>
/// Reads how long an answer asks to be left alone: <c>Retry-After</c> (RFC 9110, 10.2.3) as it is written in the wild, else what stands in its place.
/// A moment that has passed is zero; what cannot be read (negative, no number, no date) is null, as if it were absent;
/// and no answer puts us off for longer than <see cref="Longest"/>.
/// </summary>
public static class RetryAfter
{
    /// <summary>A longer wait is more likely a mistake than a wish; after it the API is asked again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Added to what the API asks for: clocks differ, and timers fire some milliseconds early.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    /// <summary>When a quota is full again, of which a 429 without Retry-After speaks: seconds, epoch seconds, or a date.</summary>
    private static readonly string[] s_resets = ["X-RateLimit-Reset", "RateLimit-Reset", "X-Rate-Limit-Reset"];

    /// <param name="now">Counts where the answer has no <c>Date</c>: its dates are measured against its own clock.</param>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        HttpHeadersNonValidated headers = response.Headers.NonValidated;
        DateTimeOffset clock = headers.TryGetValues("Date", out HeaderStringValues dates) && Moment.Read(dates.ToString()) is { } date ? date : now;
        if (LongestOf(headers, "Retry-After", text => Read(text, clock)) is { } asked)
            return asked;
        if (LongestOf(headers, "retry-after-ms", Milliseconds) is { } precise)
            return precise;
        return (int)response.StatusCode == 429
            ? s_resets.Select(name => LongestOf(headers, name, text => Read(text, clock))).FirstOrDefault(wait => wait is not null)
            : null;
    }

    /// <summary>Several values with commas between them are as many lines: the longest wait counts.</summary>
    /// <param name="now">What a date is measured against.</param>
    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        string text = value?.Trim() ?? "";
        if (One(text, now) is { } wait)
            return wait;
        string[] pieces = text.Split(',');
        return pieces.Length == 1 ? null : pieces
            .Select((piece, number) => One(piece.Trim(), now) ?? (number + 1 < pieces.Length ? One($"{piece},{pieces[number + 1]}".Trim(), now) : null))
            .Max();
    }

    private static TimeSpan? One(string text, DateTimeOffset now) => Number(text) switch
    {
        { } number when Moment.OfEpoch(number, now) is { } at => Bounded(at - now),
        { } number => number < (decimal)Longest.TotalSeconds ? TimeSpan.FromSeconds((double)decimal.Ceiling(number)) : Longest,
        null => Moment.Read(text) is { } at ? Bounded(at - now) : null,
    };

    private static TimeSpan? Milliseconds(string text) =>
        Number(text.Trim()) is { } number ? number < (decimal)Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds((double)decimal.Ceiling(number)) : Longest : null;

    /// <summary>Digits, with a fraction or without: neither sign nor exponent.</summary>
    private static decimal? Number(string text)
    {
        if (text.Length == 0 || !char.IsAsciiDigit(text[0]) || !text.All(c => char.IsAsciiDigit(c) || c == '.'))
            return null;
        return text.IndexOf('.', StringComparison.Ordinal) is var point && (point < 0 ? text.Length : point) > 15 ? decimal.MaxValue
            : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number
            : null;
    }

    private static TimeSpan? LongestOf(HttpHeadersNonValidated headers, string name, Func<string, TimeSpan?> read) =>
        headers.TryGetValues(name, out HeaderStringValues lines) ? lines.Select(read).Max() : null;

    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
