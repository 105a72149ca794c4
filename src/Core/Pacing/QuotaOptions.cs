namespace Courier.Pacing;

/// <summary>Settings <c>Quota:*</c>: how many calls the API allows, and how much of that Courier takes.</summary>
public sealed class QuotaOptions
{
    public const string Section = "Quota";

    private static readonly TimeSpan s_shortestTolerance = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestTolerance = TimeSpan.FromSeconds(60);

    /// <summary>Calls that the API allows in any <see cref="Window"/>.</summary>
    public int Limit { get; set; } = 5000;

    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The share of the limit that is left to the key's other users.</summary>
    public double Reserve { get; set; } = 0.03;

    /// <summary>Calls that may be made at once after a quiet time. Without it: a hundredth of the limit, at least one.</summary>
    public int? Burst { get; set; }

    /// <summary>The share of the rate that is kept free for requests of high priority. What they leave, the others use.</summary>
    public double PriorityShare { get; set; } = 0.1;

    /// <summary>How late a slot may be used: a sixtieth of the window, within 5 and 60 seconds.</summary>
    public TimeSpan Tolerance => Window / 60 < s_shortestTolerance ? s_shortestTolerance : Window / 60 > s_longestTolerance ? s_longestTolerance : Window / 60;

    public int BurstSize => Burst ?? Math.Max(1, Limit / 100);

    /// <summary>
    /// From one slot to the next. Used as late as the tolerance allows, the slots of a window and a tolerance fall into one window:
    /// with the burst they stay below the limit, and without such lateness below the limit less the reserve.
    /// </summary>
    public TimeSpan Interval
    {
        get
        {
            double withReserve = Window.Ticks / ((Limit * (1 - Reserve)) - BurstSize);
            double withTolerance = (Window + Tolerance).Ticks / (double)(Limit - BurstSize);
            return TimeSpan.FromTicks((long)Math.Ceiling(Math.Max(withReserve, withTolerance))); // rounded down, a huge limit would have none
        }
    }
}
