using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Courier.Quota;

/// <summary>
/// Moments in order, kept as a few runs that do not overlap. Pure: every change is a new log.
/// </summary>
[JsonConverter(typeof(RunLogJson))]
public sealed class RunLog
{
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(1);

    /// <summary>Runs that lie no farther apart are one at once, if that makes their calls no later than that in all.</summary>
    private static readonly TimeSpan s_little = TimeSpan.FromMilliseconds(10);

    /// <summary>So many moments of a run at the most.</summary>
    private const int LookedAt = 1_000;

    private readonly ImmutableArray<Run> _runs;

    internal RunLog(ImmutableArray<Run> runs)
    {
        _runs = runs;
        foreach (Run run in runs)
            Count += run.Count;
    }

    public static RunLog Empty { get; } = new([]);

    public IReadOnlyList<Run> Runs => _runs;

    public int Count { get; }

    /// <summary>The moment that so many are before.</summary>
    public DateTimeOffset At(int index)
    {
        foreach (Run run in _runs)
        {
            if (index < run.Count)
                return run[index];
            index -= run.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    public int CountUpTo(DateTimeOffset at)
    {
        int count = 0;
        foreach (Run run in _runs)
            count += run.CountUpTo(at);
        return count;
    }

    /// <summary>How many lie in the fullest window of that length that holds this moment. Where a run is long it is looked at in stretches: rather too many.</summary>
    public int MostInWindows(DateTimeOffset at, TimeSpan length)
    {
        int most = CountUpTo(at) - CountUpTo(at - length);
        foreach (Run run in _runs.Where(run => run.End > at))
        {
            int first = run.CountUpTo(at);
            int stretch = 1 + ((run.Count - first - 1) / LookedAt);
            for (long i = first; i < run.Count && run[(int)i] < at + length; i += stretch)
            {
                DateTimeOffset last = run[(int)Math.Min(i + stretch, run.Count) - 1];
                most = Math.Max(most, CountUpTo(last) - CountUpTo(run[(int)i] - length));
            }
        }

        return most;
    }

    public RunLog Add(Run run)
    {
        if (run.Count == 0)
            return this;
        int place = 0;
        while (place < _runs.Length && _runs[place].End <= run.Start)
            place++;
        if (place == _runs.Length || _runs[place].Start >= run.End)
            return new RunLog(place > 0 && _runs[place - 1].Joined(run) is { } joined ? _runs.SetItem(place - 1, joined) : _runs.Insert(place, run));

        Run other = _runs[place];
        int before = run.CountUpTo(other.Start);
        if (before > 0)
            return Add(run.Take(before)).Add(run.Skip(before));
        if (other[other.CountUpTo(run.Start)] >= run.End)
            return AddInside(place, run);
        int inside = run.CountUpTo(other.End);
        return AddInside(place, new Run(run[inside - 1], TimeSpan.Zero, inside)).Add(run.Skip(inside)); // moment by moment they would be as many runs
    }

    /// <summary>Adds moments that have passed, in order, those that lie close together as one run.</summary>
    public RunLog AddLate(IReadOnlyList<DateTimeOffset> moments)
    {
        RunLog log = this;
        Run run = default;
        foreach (DateTimeOffset moment in moments)
        {
            Run next = new(moment, TimeSpan.Zero, 1);
            if (run.Count > 0 && AreAsGoodAsOne(run, next))
            {
                run = run.Coarser(next);
                continue;
            }

            log = log.AddLate(run);
            run = next;
        }

        return log.AddLate(run);
    }

    /// <summary>After what has passed already, so that runs need not be split for it.</summary>
    private RunLog AddLate(Run late)
    {
        DateTimeOffset start = late.Start;
        foreach (Run run in _runs)
        {
            if (run.End > start && run.End - start < s_late)
                start = run.End;
        }

        late = late with { Start = start };
        return _runs is [.., var last] && last.End <= start && AreAsGoodAsOne(last, late)
            ? new RunLog(_runs.SetItem(_runs.Length - 1, last.Coarser(late)))
            : Add(late);
    }

    /// <summary>Only what is later than that.</summary>
    public RunLog After(DateTimeOffset at) =>
        _runs.All(run => run.Start > at) ? this : new RunLog([.. _runs.Select(run => run.Skip(run.CountUpTo(at))).Where(run => run.Count > 0)]);

    /// <summary>Only what is not later than that.</summary>
    public RunLog UpTo(DateTimeOffset at) =>
        _runs.All(run => run.End <= at) ? this : new RunLog([.. _runs.Select(run => run.Take(run.CountUpTo(at))).Where(run => run.Count > 0)]);

    /// <summary>Without the first so many; none are taken away for a negative number.</summary>
    public RunLog Skip(int count)
    {
        if (count <= 0)
            return this;
        ImmutableArray<Run>.Builder rest = ImmutableArray.CreateBuilder<Run>(_runs.Length);
        foreach (Run run in _runs)
        {
            if (count < run.Count)
                rest.Add(count > 0 ? run.Skip(count) : run);
            count = Math.Max(0, count - run.Count);
        }

        return new RunLog(rest.ToImmutable());
    }

    /// <summary>Without the last that is not later than that: who gives up a moment may have been charged later, and never earlier.</summary>
    public RunLog WithoutOne(DateTimeOffset at)
    {
        for (int i = _runs.Length - 1; i >= 0; i--)
        {
            if (_runs[i].CountUpTo(at) is > 0 and var count)
                return Without(i, count - 1);
        }

        return this;
    }

    /// <summary>Only the last so many runs.</summary>
    public RunLog Last(int most) => _runs.Length <= most ? this : new RunLog(_runs[^most..]);

    /// <summary>In no more than so many runs: those are joined that lose the least by it. What has passed stays so: a window that ends now holds it.</summary>
    public RunLog Coarser(int most, DateTimeOffset now)
    {
        if (_runs.Length <= most)
            return this;
        Span<Run> runs = _runs.Length <= 2 * most ? stackalloc Run[_runs.Length] : new Run[_runs.Length];
        for (_runs.CopyTo(runs); runs.Length > most; runs = runs[..^1])
        {
            int best = Cheapest(runs, now);
            runs[best] = runs[best].Coarser(runs[best + 1]);
            runs[(best + 2)..].CopyTo(runs[(best + 1)..]);
        }

        return new RunLog([.. runs]);
    }

    private static int Cheapest(ReadOnlySpan<Run> runs, DateTimeOffset now)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < runs.Length - 1; i++)
        {
            bool straddles = runs[i].Start <= now && runs[i + 1].End > now;
            if (!straddles && runs[i].CostOfCoarser(runs[i + 1]) is var cost && cost < least)
                (best, least) = (i, cost);
        }

        return best;
    }

    private static bool AreAsGoodAsOne(Run run, Run next) =>
        next.Start - run.End <= s_little && run.CostOfCoarser(next) <= s_little.TotalSeconds;

    private RunLog Without(int place, int index)
    {
        Run[] rest = [_runs[place].Take(index), _runs[place].Skip(index + 1)];
        return new RunLog(_runs.RemoveAt(place).InsertRange(place, rest.Where(run => run.Count > 0)));
    }

    private RunLog AddInside(int place, Run run)
    {
        int before = _runs[place].CountUpTo(run.Start);
        Run[] split = [_runs[place].Take(before), run, _runs[place].Skip(before)];
        return new RunLog(_runs.RemoveAt(place).InsertRange(place, split.Where(part => part.Count > 0)));
    }
}
