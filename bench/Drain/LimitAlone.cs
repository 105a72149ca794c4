using Courier.Quota;

namespace Courier.Bench.Drain;

/// <summary>What nobody can better: one caller who knows of each call at once, at whom clocks, storage and network cost nothing.</summary>
internal static class LimitAlone
{
    /// <summary>The longest wait of those who came at these moments.</summary>
    public static TimeSpan LongestWait(IReadOnlyList<DateTimeOffset> arrivals, QuotaOptions quota)
    {
        Queue<DateTimeOffset> window = new();
        TimeSpan longest = TimeSpan.Zero;
        DateTimeOffset next = DateTimeOffset.MinValue;
        foreach (DateTimeOffset arrival in arrivals)
        {
            DateTimeOffset turn = arrival > next ? arrival : next;
            if (window.Count == quota.Usable && window.Dequeue() + quota.Window is var opens && opens > turn)
                turn = opens;
            window.Enqueue(turn);
            next = turn + quota.Spacing;
            longest = turn - arrival > longest ? turn - arrival : longest;
        }

        return longest;
    }
}
