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

    /// <summary>Adds a moment that has passed: after what has passed already, so that runs need not be split for it.</summary>
    public RunLog AddLate(DateTimeOffset at)
    {
        foreach (Run run in _runs)
        {
            if (run.End > at && run.Start - at < s_late)
                at = run.End;
        }

        return Add(new Run(at, TimeSpan.Zero, 1));
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
        ImmutableArray<Run>.Builder runs = ImmutableArray.CreateBuilder<Run>(_runs.Length + 1);
        foreach (Run run in _runs)
        {
            int before = number >= run.Number && number < run.Number + run.Count ? (int)(number - run.Number.Value) : -1;
            if (before != 0)
                runs.Add(before < 0 ? run : run.Take(before));
            if (before >= 0 && before < run.Count - 1)
                runs.Add(run.Skip(before + 1));
        }

        return new RunLog(runs.ToImmutable());
    }

    /// <summary>In no more than so many runs: those are joined that lose the least by it, and those with numbers with their like as long as there are some.</summary>
    public RunLog Coarser(int most)
    {
        RunLog log = this;
        while (log._runs.Length > most)
            log = log.Coarser();
        return log;
    }

    private RunLog Coarser()
    {
        int best = Enumerable.Range(0, _runs.Length - 1).MinBy(i => (LosesNumbers(i), _runs[i].CostOfCoarser(_runs[i + 1])));
        return new RunLog(_runs.RemoveAt(best + 1).SetItem(best, _runs[best].Coarser(_runs[best + 1])));
    }

    /// <summary>Whether numbers would be lost if that run were joined with the next.</summary>
    private bool LosesNumbers(int i) => (_runs[i].Number ?? _runs[i + 1].Number) is not null && _runs[i].Number + _runs[i].Count != _runs[i + 1].Number;

    private RunLog AddInside(int place, Run run)
    {
        Run around = _runs[place];
        int before = around.CountUpTo(run.Start);
        ImmutableArray<Run> split = before == around.Count ? _runs.Insert(place + 1, run) : _runs.RemoveAt(place).InsertRange(place, (Run[])[around.Take(before), run, around.Skip(before)]);
        return new RunLog(split);
    }
}
