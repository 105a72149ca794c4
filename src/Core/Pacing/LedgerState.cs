using Courier.Messages;

namespace Courier.Pacing;

/// <summary>
/// The shared ledger: a generic cell rate algorithm whose next free slot may lie in the future, so that a request that must wait
/// can be given its own slot at once. Pure: every change is a new state.
/// </summary>
public sealed record LedgerState
{
    /// <summary>How much of the rate is left after a refusal (multiplicative decrease).</summary>
    private const double Decrease = 0.8;

    private static readonly TimeSpan s_firstExtension = TimeSpan.FromSeconds(45);

    /// <summary>Names this ledger: slots of another one (lost, corrupted) mean nothing here.</summary>
    public required string Ledger { get; init; }

    public required QuotaClock Clock { get; init; }

    /// <summary>The first slot that is not given out, on <see cref="Clock"/>.</summary>
    public required DateTimeOffset Next { get; init; }

    /// <summary>The same for high priority, on the wall clock.</summary>
    public required DateTimeOffset NextHigh { get; init; }

    /// <summary>So far slots have been used, on <see cref="Clock"/>; known to within the tolerance.</summary>
    public DateTimeOffset UsedUpTo { get; init; }

    public Rotation Rotation { get; init; } = Rotation.None;

    /// <summary>When a refusal last lowered the rate.</summary>
    public DateTimeOffset? LoweredAt { get; init; }

    /// <summary>How often in a row the gate was refused again soon after it had opened.</summary>
    public int Streak { get; init; }

    /// <summary>Slots given out within about a window before <see cref="RecentAt"/>: a sum that fades.</summary>
    public double Recent { get; init; }

    public DateTimeOffset RecentAt { get; init; }

    /// <param name="burst">False for a ledger that follows a lost one: what was called before is not known, so nothing is given at once.</param>
    public static LedgerState Fresh(string ledger, QuotaOptions quota, DateTimeOffset now, bool burst)
    {
        DateTimeOffset first = burst ? now - (quota.Interval * quota.BurstSize) : now;
        return new LedgerState { Ledger = ledger, Clock = new QuotaClock(now, now, 1), Next = first, NextHigh = first };
    }

    /// <summary>How many slots are due now and not given out.</summary>
    public int Available(QuotaOptions quota, DateTimeOffset now)
    {
        TimeSpan room = Clock.Now(now) - First(quota, now);
        return room < TimeSpan.Zero ? 0 : (int)(room / quota.Interval) + 1;
    }

    /// <summary>Whether slots are given out that lie farther ahead than a slot tolerates.</summary>
    public bool HasBacklog(QuotaOptions quota, DateTimeOffset now) => Next - Clock.Now(now) > quota.Tolerance;

    /// <summary>Takes back so many slots that nobody used; behind a backlog they are lost: given out again in an hour, they would be too many then.</summary>
    public LedgerState Return(int count, QuotaOptions quota, DateTimeOffset now) =>
        HasBacklog(quota, now) ? this : this with { Next = Next - (quota.Interval * count) };

    /// <summary>Gives out the next slots of the normal lane.</summary>
    /// <param name="lead">How far ahead the first lies at least.</param>
    public Taken Take(int count, QuotaOptions quota, DateTimeOffset now, TimeSpan lead = default)
    {
        DateTimeOffset due = Clock.Now(now);
        DateTimeOffset first = lead > TimeSpan.Zero ? Later(First(quota, now), due + lead) : First(quota, now);
        LedgerState next = Counting(count, quota, now) with
        {
            Next = first + (quota.Interval * count),
            UsedUpTo = first <= due ? Later(UsedUpTo, due) : UsedUpTo,
        };
        return new Taken(next, first, quota.Interval, SlotLane.Normal);
    }

    /// <summary>
    /// Gives out slots of the share for high priority. Where the normal lane has some that are due, those are as good. For each that is used
    /// (those that are due, here; the others in <see cref="Using"/>) the normal lane's clock is set back, so that the whole stays within the rate,
    /// and a share that nobody uses is not lost.
    /// </summary>
    public Taken TakeHigh(int count, QuotaOptions quota, DateTimeOffset now)
    {
        if (Available(quota, now) >= count)
            return Take(count, quota, now);
        TimeSpan interval = quota.Interval / (quota.PriorityShare * Clock.RateAt(now));
        DateTimeOffset earliest = now - (interval * (Math.Max(1, (int)(quota.BurstSize * quota.PriorityShare)) - 1));
        DateTimeOffset first = Later(Later(NextHigh, earliest), Clock.At);
        LedgerState next = Counting(count, quota, now) with
        {
            NextHigh = first + (interval * count),
        };
        int due = Math.Clamp((int)Math.Floor((now - first) / interval) + 1, 0, count);
        return new Taken(due > 0 ? next.SetBack(due, quota, now) : next, first, interval, SlotLane.High);
    }

    /// <summary>Somebody who had to wait for this slot uses it now.</summary>
    public LedgerState Using(Slot slot, QuotaOptions quota, DateTimeOffset now) =>
        slot.Lane == SlotLane.High ? SetBack(1, quota, now)
        : slot.At - UsedUpTo > quota.Tolerance ? this with { UsedUpTo = slot.At }
        : this;

    /// <summary>
    /// Sets the clock back to a slot that comes too late, if nobody has used one after it: all were away (a restart, a key on hold),
    /// and so every slot keeps its place. If others went on, only this one is late, and nothing changes.
    /// </summary>
    public LedgerState Resumed(Slot slot, QuotaOptions quota, DateTimeOffset now) =>
        slot.Lane == SlotLane.Normal && slot.Ledger == Ledger && now >= Clock.At
        && Clock.Now(now) - slot.At > quota.Tolerance && slot.At >= UsedUpTo - quota.Tolerance
            ? this with { Clock = new QuotaClock(now, slot.At, Clock.RateAt(now)) }
            : this;

    /// <summary>Closes the gate until then, and lowers the rate once an episode: a refusal means that somebody else uses the quota too.</summary>
    public LedgerState Refused(DateTimeOffset until, QuotaOptions quota, DateTimeOffset now)
    {
        if (now < Clock.At)
            return this with { Clock = Clock.StoppedUntil(until, now) }; // a call that was under way when the gate closed

        bool again = LoweredAt is not null && now < Clock.At + quota.Tolerance;
        int streak = again ? Streak + 1 : 0;
        QuotaClock stopped = Clock.StoppedUntil(again ? Later(until, now + Extension(streak, quota, now)) : until, now);
        return again
            ? this with { Clock = stopped, Streak = streak }
            : this with { Clock = stopped.SlowedBy(Decrease), Streak = 0, LoweredAt = now };
    }

    /// <summary>When that slot may be used: a moment not after <paramref name="now"/> if it may be used now, null if it is too late for it.</summary>
    public DateTimeOffset? TurnOf(Slot slot, QuotaOptions quota, DateTimeOffset now)
    {
        if (slot.Ledger is { } ledger && ledger != Ledger)
            return null;
        bool isNormal = slot.Lane == SlotLane.Normal;
        DateTimeOffset due = isNormal ? Clock.TurnOf(slot.At) : Later(slot.At, Clock.At);
        TimeSpan late = isNormal ? Clock.Now(now) - slot.At : now - due;
        return late > quota.Tolerance ? null : due;
    }

    /// <summary>
    /// Retry-After names the moment at which one place gets free; where another user waits for it too, we back off, the more
    /// the more of the quota is our own use. Who has called little cannot have filled it, and takes Retry-After at its word.
    /// </summary>
    private TimeSpan Extension(int streak, QuotaOptions quota, DateTimeOffset now)
    {
        TimeSpan longest = quota.Window / 12;
        TimeSpan extension = s_firstExtension * Math.Pow(2, Math.Min(streak, 20)) * Math.Min(1, RecentNow(quota, now) / (quota.Limit / 2.0));
        return extension < longest ? extension : longest;
    }

    /// <summary>With <see cref="Next"/> where it is: a normal lane that was idle would not notice that its clock is set back.</summary>
    private LedgerState SetBack(int slots, QuotaOptions quota, DateTimeOffset now) => this with { Next = First(quota, now), Clock = Clock.SetBack(quota.Interval * slots) };

    private LedgerState Counting(int count, QuotaOptions quota, DateTimeOffset now) => this with { Recent = RecentNow(quota, now) + count, RecentAt = now };

    private double RecentNow(QuotaOptions quota, DateTimeOffset now) => Recent * Math.Exp(-Math.Max(0, (now - RecentAt) / quota.Window));

    private DateTimeOffset First(QuotaOptions quota, DateTimeOffset now) => Later(Next, Clock.Now(now) - (quota.Interval * (quota.BurstSize - 1)));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
