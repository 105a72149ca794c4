using System.Globalization;
using System.Text.RegularExpressions;

namespace Courier.Operations.Wording;

/// <summary>On which days, in words.</summary>
/// <param name="Before">Where a time of day follows: <c>every Monday</c>.</param>
/// <param name="After">Behind how often it is: <c>, Monday to Friday</c>; empty for every day.</param>
internal sealed partial record CronDays(string Before, string After)
{
    private static readonly string[] s_ordinals = ["", "first", "second", "third", "fourth", "fifth"];

    /// <returns>Null where there are no words for it.</returns>
    public static CronDays? Of(string days, string months, string weekdays)
    {
        if (CronField.Month(months) is not { } month)
            return null;
        string? ofMonth = OfMonth(days), ofWeek = OfWeek(weekdays);
        if (ofMonth is null || ofWeek is null)
            return null;
        string named = month.IsAll ? "" : Named(month, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, value => value - 1);
        string which = (ofMonth, ofWeek) switch
        {
            ("", "") => "",
            ("", _) => OnWeekdays(weekdays, ofWeek),
            (_, "") => $"on {ofMonth} of {(named.Length == 0 ? "each month" : named)}",
            _ => $"on {ofMonth} of {(named.Length == 0 ? "each month" : named)}, but only {ofWeek}",
        };
        string when = ofMonth.Length > 0 || named.Length == 0 ? which : which.Length == 0 ? $"in {named}" : $"{which} in {named}";
        return new CronDays(which.Length == 0 ? $"every day{(when.Length == 0 ? "" : " ")}{when}" : when, when.Length == 0 ? "" : $", {when}");
    }

    private static string OnWeekdays(string text, string named) => CronField.Weekday(text) switch
    {
        null => $"on {named}",
        { Values: [_] } => $"every {named}",
        _ => named,
    };

    /// <returns>Empty for any day.</returns>
    private static string? OfMonth(string text)
    {
        if (CronField.Day(text) is { } day)
            return day.IsAll ? "" : day.Values is [var one] ? $"day {one}" : $"the days {CronText.Ranges(day.Values)}";
        Match near = Near().Match(text);
        return text.ToUpperInvariant() switch
        {
            "L" => "the last day",
            "LW" => "the last working day",
            _ when near.Success => $"the working day nearest to day {int.Parse(near.Groups[1].Value, CultureInfo.InvariantCulture)}",
            _ => null,
        };
    }

    /// <inheritdoc cref="OfMonth"/>
    private static string? OfWeek(string text)
    {
        string[] names = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;
        if (CronField.Weekday(text) is { } weekday)
            return weekday.IsAll ? "" : Named(weekday, names, value => value);
        Match match = Numbered().Match(text);
        if (!match.Success || CronField.Weekday(match.Groups[1].Value)?.Values is not [var day])
            return null;
        string which = match.Groups[2].Success ? s_ordinals[match.Groups[2].Value[0] - '0'] : "last";
        return $"the {which} {names[day]} of the month";
    }

    /// <summary>Sunday stands at the end of a week.</summary>
    private static string Named(CronField field, string[] names, Func<int, int> index) => field.Stretch is { } stretch
        ? $"{names[index(stretch.First)]} to {names[index(stretch.Last)]}"
        : CronText.List(field.Values.OrderBy(value => value == 0).Select(value => names[index(value)]));

    [GeneratedRegex("^([0-9]{1,2})W$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Near();

    [GeneratedRegex("^([0-7]|[A-Z]{3})(?:#([1-5])|L)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();
}
