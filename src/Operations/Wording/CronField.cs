namespace Courier.Operations.Wording;

/// <summary>One field of a cron expression: which values it lets through, in order. Read as <see cref="Courier.Schedules.CronExpression"/> reads it.</summary>
internal sealed record CronField(IReadOnlyList<int> Values, int Least, int Most)
{
    private static readonly string[] s_weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] s_months = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    public bool IsAll => Values.Count == Size;

    /// <summary>The distance of its values when they are evenly spread over the whole range, however that is begun; else null.</summary>
    public int? Step
    {
        get
        {
            int step = Size / Values.Count;
            return Values.Count > 1 && step * Values.Count == Size && Values.Select((value, i) => value - (i * step)).Distinct().Count() == 1 ? step : null;
        }
    }

    /// <summary>The first and the last of its values where it is one unbroken stretch of at least three, which may go over the end; else null.</summary>
    public (int First, int Last)? Stretch
    {
        get
        {
            int[] begins = [.. Values.Where(value => !Values.Contains(value == Least ? Most : value - 1))];
            return Values.Count >= 3 && begins is [var first] ? (first, Least + ((first - Least + Values.Count - 1) % Size)) : null;
        }
    }

    private int Size => Most - Least + 1;

    /// <returns>Null for what is no set of values, like <c>L</c> or <c>MON#2</c>.</returns>
    public static CronField? Second(string text) => Read(text, 0, 59, []);

    /// <inheritdoc cref="Second"/>
    public static CronField? Hour(string text) => Read(text, 0, 23, []);

    /// <inheritdoc cref="Second"/>
    public static CronField? Day(string text) => Read(text, 1, 31, []);

    /// <inheritdoc cref="Second"/>
    public static CronField? Month(string text) => Read(text, 1, 12, s_months);

    /// <summary>Sunday is 0, and 7 as well.</summary>
    /// <inheritdoc cref="Second"/>
    public static CronField? Weekday(string text) => Read(text, 0, 6, s_weekdays);

    private static CronField? Read(string text, int least, int most, string[] names)
    {
        SortedSet<int> values = [];
        foreach (string part in text.Split(','))
        {
            if (Part(part, least, most, names) is not { } some)
                return null;
            values.UnionWith(some);
        }

        return new CronField([.. values], least, most);
    }

    private static IEnumerable<int>? Part(string part, int least, int most, string[] names)
    {
        string[] pieces = part.Split('/');
        string[] ends = pieces[0].Split('-');
        bool isWeekday = names == s_weekdays;
        int step = 1;
        if (pieces.Length > 2 || ends.Length > 2 || (pieces.Length == 2 && !int.TryParse(pieces[1], out step)) || step < 1)
            return null;
        if (pieces[0] is "*" or "?")
            return Every(least, most, step, least, most);
        int? from = Value(ends[0], names), to = ends.Length == 2 ? Value(ends[1], names) : null;
        if (from is null || (ends.Length == 2 && to is null))
            return null;
        int end = to ?? (pieces.Length == 2 ? most : from.Value);
        if (isWeekday && from == 7)
            return to is null ? [0] : Every(0, end, step, least, most);
        return Every(from.Value, end, step, least, most);
    }

    /// <summary>From one to the other, over the end where that is the smaller one.</summary>
    private static IEnumerable<int> Every(int from, int to, int step, int least, int most)
    {
        int size = most - least + 1;
        int count = to >= from ? to - from + 1 : size - from + to + 1;
        return Enumerable.Range(0, count).Where(i => i % step == 0).Select(i => least + ((from - least + i) % size));
    }

    private static int? Value(string text, string[] names)
    {
        int name = Array.FindIndex(names, each => each.Length > 0 && each.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name >= 0 ? name : int.TryParse(text, out int value) ? value : null;
    }
}
