namespace Courier.Contracts;

/// <summary>What a quota counts.</summary>
public static class RollingWindow
{
    /// <summary>The most that there were in any window of this length.</summary>
    /// <param name="moments">In their order.</param>
    public static int Most(IReadOnlyList<DateTimeOffset> moments, TimeSpan window)
    {
        (int most, int first) = (0, 0);
        for (int last = 0; last < moments.Count; last++)
        {
            while (moments[last] - moments[first] >= window)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
