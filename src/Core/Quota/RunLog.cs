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

    public RunLog Add(Run run)
    {
        if (run.Count == 0)
            return this;
        int place = _runs.Length;
        while (place > 0 && _runs[place - 1].Start > run.End)
            place--;
        if (place == 0 || _runs[place - 1].End <= run.Start)
            return new RunLog(place > 0 && _runs[place - 1].Joined(run) is { } joined ? _runs.SetItem(place - 1, joined) : _runs.Insert(place, run));
        return AddInside(place - 1, new Run(run.End, TimeSpan.Zero, run.Count, run.Number));
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
            if (run.End > start && run.Start - start < s_late)
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

    /// <summary>When the turn of that number is; null when it is not known, or no more.</summary>
    public DateTimeOffset? TurnOf(long number)
    {
        foreach (Run run in _runs)
        {
            if (number >= run.Number && number < run.Number + run.Count)
                return run[(int)(number - run.Number.Value)];
        }

        return null;
    }

    public RunLog Without(long number)
    {
        for (int i = 0; i < _runs.Length; i++)
        {
            if (number >= _runs[i].Number && number < _runs[i].Number + _runs[i].Count)
                return Without(i, (int)(number - _runs[i].Number!.Value));
        }

        return this;
    }

    /// <summary>Without one that has no number and is at that very moment, if there is any.</summary>
    public RunLog Without(DateTimeOffset at)
    {
        for (int i = 0; i < _runs.Length; i++)
        {
            if (_runs[i].Number is null && _runs[i].CountUpTo(at) is > 0 and var count && _runs[i][count - 1] == at)
                return Without(i, count - 1);
        }

        return this;
    }

    /// <summary>In no more than so many runs: those are joined that lose the least by it, and those with numbers with their like as long as there are some.</summary>
    public RunLog Coarser(int most)
    {
        if (_runs.Length <= most)
            return this;
        Span<Run> runs = _runs.Length <= 2 * most ? stackalloc Run[_runs.Length] : new Run[_runs.Length];
        for (_runs.CopyTo(runs); runs.Length > most; runs = runs[..^1])
        {
            int best = Cheapest(runs);
            runs[best] = runs[best].Coarser(runs[best + 1]);
            runs[(best + 2)..].CopyTo(runs[(best + 1)..]);
        }

        return new RunLog([.. runs]);
    }

    private static int Cheapest(ReadOnlySpan<Run> runs)
    {
        int best = 0;
        (bool, double) least = Cost(runs, 0);
        for (int i = 1; i < runs.Length - 1; i++)
        {
            if (Cost(runs, i) is var cost && cost.CompareTo(least) < 0)
                (best, least) = (i, cost);
        }

        return best;
    }

    private static (bool LosesNumbers, double Seconds) Cost(ReadOnlySpan<Run> runs, int i) => (LosesNumbers(runs[i], runs[i + 1]), runs[i].CostOfCoarser(runs[i + 1]));

    private static bool AreAsGoodAsOne(Run run, Run next) =>
        next.Start - run.End <= s_little && !LosesNumbers(run, next) && run.CostOfCoarser(next) <= s_little.TotalSeconds;

    /// <summary>Whether numbers would be lost if both were joined.</summary>
    private static bool LosesNumbers(Run run, Run next) => (run.Number ?? next.Number) is not null && run.Number + run.Count != next.Number;

    private RunLog Without(int place, int index)
    {
        Run[] rest = [_runs[place].Take(index), _runs[place].Skip(index + 1)];
        return new RunLog(_runs.RemoveAt(place).InsertRange(place, rest.Where(run => run.Count > 0)));
    }

    private RunLog AddInside(int place, Run run)
    {
        Run around = _runs[place];
        int before = around.CountUpTo(run.Start);
        ImmutableArray<Run> split = before == around.Count ? _runs.Insert(place + 1, run) : _runs.RemoveAt(place).InsertRange(place, (Run[])[around.Take(before), run, around.Skip(before)]);
        return new RunLog(split);
    }
}
