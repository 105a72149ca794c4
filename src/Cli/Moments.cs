using System.Globalization;
using System.Text.RegularExpressions;

namespace Courier.Cli;

/// <summary>Moments as people write them: ISO 8601, <c>now</c>, <c>today</c>, <c>yesterday</c>, or a span like <c>90m</c>, <c>2h</c>, <c>7d</c> from now.</summary>
internal static partial class Moments
{
    public const string Form = "ISO 8601 (2026-01-31 or 2026-01-31T12:00Z), today, yesterday, or a span like 90m, 2h, 7d";

    /// <param name="direction">Where a span leads: -1 into the past, 1 into the future.</param>
    public static DateTimeOffset? Parse(string? text, string option, DateTimeOffset now, int direction)
    {
        if (text is null)
            return null;
        DateTimeOffset midnight = new(now.UtcDateTime.Date, TimeSpan.Zero);
        if (text is "now" or "today" or "yesterday")
            return text == "now" ? now : text == "today" ? midnight : midnight.AddDays(-1);
        if (Span().Match(text) is { Success: true } span && int.TryParse(span.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count < 100_000)
            return now + (direction * count * Unit(span.Groups[2].Value));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : throw new CliException($"{option} is '{text}': it must be {Form}.", ExitCode.Usage);
    }

    private static TimeSpan Unit(string letter) => letter switch
    {
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    [GeneratedRegex("^([0-9]{1,6})([smhd])$")]
    private static partial Regex Span();
}
