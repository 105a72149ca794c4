namespace Courier.Operations.Wording;

/// <summary>Lists as people read them.</summary>
internal static class CronText
{
    /// <summary><c>a, b and c</c>.</summary>
    public static string List(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary><c>1 to 7, 10 and 15</c>.</summary>
    /// <param name="values">In order.</param>
    public static string Ranges(IReadOnlyList<int> values)
    {
        List<string> parts = [];
        for (int i = 0; i < values.Count;)
        {
            int end = i;
            while (end + 1 < values.Count && values[end + 1] == values[end] + 1)
                end++;
            bool isRange = end - i >= 2;
            parts.Add(isRange ? $"{values[i]} to {values[end]}" : $"{values[i]}");
            i = isRange ? end + 1 : i + 1;
        }

        return List(parts);
    }
}
