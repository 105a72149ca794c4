namespace Courier.Quota;

/// <summary>Calls at even distances, as the ledger keeps them.</summary>
/// <param name="Start">The first one's moment.</param>
public readonly record struct Run(DateTimeOffset Start, TimeSpan Every, int Count)
{
    public DateTimeOffset End => this[Count - 1];

    public DateTimeOffset this[int index] => Start.AddTicks(Every.Ticks * index);

    /// <summary>How many are not later than that.</summary>
    public int CountUpTo(DateTimeOffset at) =>
        at < Start ? 0 : Every == TimeSpan.Zero ? Count : (int)Math.Min(Count, ((at - Start).Ticks / Every.Ticks) + 1);

    /// <summary>Without the first so many.</summary>
    public Run Skip(int count) => new(this[count], Every, Count - count);

    /// <summary>Only the first so many.</summary>
    public Run Take(int count) => this with { Count = count };

    /// <summary>Both as one run, if they are one; null if they are not.</summary>
    public Run? Joined(Run next)
    {
        TimeSpan gap = next.Start - End;
        bool isOne = (Count == 1 || Every == gap) && (next.Count == 1 || next.Every == gap);
        return isOne ? this with { Every = gap, Count = Count + next.Count } : null;
    }

    /// <summary>
    /// Both as one run, with the same end, of which no call is earlier than it was: a charge that is kept too long costs a little time, one that
    /// ends too early is a call too many.
    /// </summary>
    public Run Coarser(Run next)
    {
        DateTimeOffset end = next.End;
        int after = next.Count;
        // Seen from the end, the flattest of the slopes to where a run begins or ends.
        long every = Math.Min((end - Start).Ticks / (Count + after - 1), (end - End).Ticks / after);
        if (after > 1)
            every = Math.Min(every, (end - next.Start).Ticks / (after - 1));
        return new Run(end.AddTicks(-every * (Count + after - 1)), TimeSpan.FromTicks(every), Count + after);
    }

    /// <summary>By how much the calls of both would be later in all, in seconds.</summary>
    public double CostOfCoarser(Run next)
    {
        Run one = Coarser(next);
        return one.SumFrom(Start) - SumFrom(Start) - next.SumFrom(Start);
    }

    private double SumFrom(DateTimeOffset origin) => Count * ((Start - origin).TotalSeconds + (Every.TotalSeconds * (Count - 1) / 2));
}
