namespace Courier.Quota;

/// <summary>
/// When the turns of those who wait are. The n-th is limited by the one that is <paramref name="usable"/> before it: so the future is the past,
/// moved by the time for which a slot stays taken, and thinned to the highest rate.
/// </summary>
/// <param name="charges">What is taken already.</param>
/// <param name="from">No turn is earlier.</param>
internal readonly struct SlotPlan(RunLog charges, int usable, QuotaOptions quota, DateTimeOffset from)
{
    /// <summary>No turn that is planned at once lies farther ahead: a moment beyond the calendar is none.</summary>
    private static readonly TimeSpan s_farthest = TimeSpan.FromDays(365_000);

    private readonly TimeSpan _spacing = quota.Spacing;
    private readonly TimeSpan _takenFor = quota.TakenFor;

    /// <summary>The turn that so many are before.</summary>
    public DateTimeOffset Turn(long index) => index < usable - charges.Count ? from.AddTicks(_spacing.Ticks * index) : Turns(index, 1)[0];

    /// <summary>So many turns, from the one that <paramref name="index"/> are before.</summary>
    public DateTimeOffset[] Turns(long index, int count)
    {
        DateTimeOffset[] turns = new DateTimeOffset[count];
        int found = 0;
        TimeSpan ahead = TimeSpan.Zero;
        long passed = 0, repeated = 0;
        foreach ((Run run, bool isRepetition) in Runs())
        {
            while (found < count && index + found < passed + run.Count)
                turns[found++] = run[(int)(index + found - 1 - passed)] + ahead;
            if (found == count)
                break;
            passed += run.Count;
            repeated = isRepetition ? repeated + run.Count : 0;
            if (repeated < usable || found > 0)
                continue;
            long windows = (index - passed) / usable; // from here on each window repeats the one before
            index -= windows * usable;
            ahead += TimeSpan.FromTicks(_takenFor.Ticks * windows);
        }

        return turns;
    }

    /// <summary>All turns from the first on; without end.</summary>
    public IEnumerable<(Run Run, bool IsRepetition)> Runs()
    {
        int free = (int)Math.Min(usable - charges.Count, s_farthest.Ticks / _spacing.Ticks);
        Queue<Run> past = new(charges.Skip(-free).Runs);
        DateTimeOffset earliest = from;
        if (free > 0)
        {
            Run atOnce = new(from, _spacing, free);
            past.Enqueue(atOnce);
            yield return (atOnce, false);
            earliest = atOnce.End + _spacing;
        }

        while (true)
        {
            Run source = past.Dequeue();
            Run again = source with { Start = source.Start + _takenFor };
            int late = Late(again, earliest);
            Run delayed = new(earliest, _spacing, late);
            Run rest = late < again.Count ? again.Skip(late) : default;
            if (late == 0 && again.Every < _spacing && again.Count > 1)
                (delayed, rest) = (new Run(again.Start, _spacing, again.Count), default);
            foreach (Run run in (Run[])[delayed, rest])
            {
                if (run.Count == 0)
                    continue;
                past.Enqueue(run);
                earliest = run.End + _spacing;
                yield return (run, run == again);
            }
        }
    }

    /// <summary>How many of them come too early, at the highest rate from <paramref name="earliest"/> on.</summary>
    private int Late(Run again, DateTimeOffset earliest)
    {
        if (again.Start >= earliest)
            return 0;
        long gain = again.Every.Ticks - _spacing.Ticks;
        return gain <= 0 ? again.Count : (int)Math.Min(again.Count, (((earliest - again.Start).Ticks - 1) / gain) + 1);
    }
}
