namespace Courier.Quota;

/// <summary>Settings <c>Quota:*</c>: how many calls the API allows, and how much of that Courier takes.</summary>
public sealed class QuotaOptions
{
    public const string Section = "Quota";

    /// <summary>So many wishes are fulfilled by one operation.</summary>
    internal const int LargestBatch = 32;

    private static readonly TimeSpan s_longestTolerance = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longestMargin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestFirstRound = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan s_longestStock = TimeSpan.FromMinutes(1);

    /// <summary>Calls that the API allows in any <see cref="Window"/>.</summary>
    public int Limit { get; set; } = 5000;

    /// <summary>How long a call counts.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The share of the limit that is left to the key's other users.</summary>
    public double Reserve { get; set; } = 0.03;

    /// <summary>Calls a second at most, by all instances together, however much of the limit is free.</summary>
    public double MaxRate { get; set; } = 20;

    /// <summary>The share of a window that requests of high priority may take ahead of all others; what they used of the last window is kept free for them in this one.</summary>
    public double PriorityShare { get; set; } = 0.1;

    /// <summary>Whether answers that say how many calls are left (<c>RateLimit</c>, <c>RateLimit-Remaining</c>, <c>X-RateLimit-Remaining</c>, <c>X-Rate-Limit-Remaining</c>) are believed; never above <see cref="Limit"/>.</summary>
    public bool UseHeaders { get; set; } = true;

    /// <summary>The limit less the reserve.</summary>
    public int Usable => Math.Max(1, (int)Math.Floor((Limit * (1 - Reserve)) + 1e-9));

    /// <summary><see cref="PriorityShare"/> in calls.</summary>
    public int PriorityCap => Math.Max(1, (int)(Usable * PriorityShare));

    /// <summary>From one slot to the next at least.</summary>
    public TimeSpan Spacing => TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / MaxRate));

    /// <summary>How late a slot may be used: a fiftieth of the window, 10 seconds at the most. Whoever comes later has its charge moved to that moment.</summary>
    public TimeSpan Tolerance => Least(Window / 50, s_longestTolerance);

    /// <summary>
    /// How long a slot stays taken. The window, and what may lie between the slot and the API's counting: the tolerance, and once more up to five
    /// seconds for clocks that differ and for the call's way.
    /// </summary>
    public TimeSpan TakenFor => Window + Tolerance + Least(Window / 50, s_longestMargin);

    /// <summary>What the next moments bring is settled for so long, and no instance goes by what is known for longer: so nobody needs to ask before its turn.</summary>
    public TimeSpan Horizon => Least(Window / 10, s_longestMargin);

    /// <summary>How long slots that an instance took ahead of need may be used.</summary>
    public TimeSpan StockLife => Least(Window / 60, s_longestStock);

    /// <summary>So many slots are taken ahead of need at most: more than a batch where the highest rate uses that up in moments.</summary>
    public int LargestStock => (int)Math.Clamp(MaxRate / 4, LargestBatch, 512);

    /// <summary>Where a backlog begins nobody knows who is there: for so long whoever has taken slots leaves the others a turn.</summary>
    public TimeSpan FirstRound => Least(Window / 60, s_longestFirstRound);

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
