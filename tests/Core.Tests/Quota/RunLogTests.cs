using System.Text.Json;
using Courier.Quota;

namespace Courier.Tests.Quota;

/// <summary>A log of any moments, made coarser again and again.</summary>
public sealed class RunLogTests
{
    private const int Most = 12;

    private static readonly DateTimeOffset s_start = TestQuota.Start;

    [Fact]
    public void However_coarse_no_moment_is_earlier_than_it_was_and_runs_do_not_overlap() => RandomWalk.Hold(300, random =>
    {
        RunLog log = RunLog.Empty;
        List<DateTimeOffset> moments = [];
        DateTimeOffset now = s_start;
        for (int i = 0; i < 150; i++)
        {
            now += random.Seconds(0, random.Next(3) == 0 ? 100 : 1);
            DateTimeOffset first = now - (random.Next(2) * random.Seconds(0, 60)); // what was used of a stock is settled later
            DateTimeOffset[] used = [.. Enumerable.Range(0, random.Next(5)).Select(_ => first += random.Seconds(0, random.Next(3) == 0 ? 10 : 0.02))];
            log = log.AddLate(used).Coarser(Most, s_start);
            moments.AddRange(used);
        }

        moments.Sort();
        Assert.Equal(moments.Count, log.Count);
        Assert.All(moments.Index(), moment => Assert.True(log.At(moment.Index) >= moment.Item));
        Assert.InRange(log.Runs.Count, 1, Most);
        Assert.All(log.Runs, run => Assert.True(run.Every >= TimeSpan.Zero));
        Assert.All(log.Runs.Zip(log.Runs.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    });

    /// <summary>Two moments that lie far apart are one run, and what passed between them is none of its end.</summary>
    [Fact]
    public void What_is_added_late_stays_about_where_it_was()
    {
        RunLog log = RunLog.Empty.Add(new Run(s_start, TimeSpan.Zero, 1)).Add(new Run(s_start.AddMinutes(12), TimeSpan.Zero, 1));

        RunLog late = log.AddLate([s_start.AddMinutes(3)]);

        Assert.Equal([s_start, s_start.AddMinutes(3), s_start.AddMinutes(12)], Enumerable.Range(0, late.Count).Select(late.At));
    }

    /// <summary>The turns of four minutes are settled at once, and somebody has a place among them.</summary>
    [Fact]
    public void Long_run_goes_around_what_lies_in_it()
    {
        RunLog log = RunLog.Empty.Add(new Run(s_start.AddSeconds(100), TimeSpan.Zero, 1));

        log = log.Add(new Run(s_start, TimeSpan.FromSeconds(0.05), 4_800));

        Assert.Equal(2_001, log.CountUpTo(s_start.AddSeconds(99.99)) + 1);
        Assert.Equal(4_801, log.CountUpTo(s_start.AddSeconds(240)));
        Assert.InRange(log.Runs.Count, 1, 3);
    }

    [Fact]
    public void What_is_given_up_leaves_the_others_where_they_are() => RandomWalk.Hold(100, random =>
    {
        List<DateTimeOffset> moments = [.. Enumerable.Range(0, 40).Select(i => s_start.AddSeconds(i + (random.Next(2) * 0.5))).Distinct()];
        RunLog log = moments.Aggregate(RunLog.Empty, (log, at) => log.Add(new Run(at, TimeSpan.Zero, 1)));

        while (moments.Count > 0)
        {
            DateTimeOffset given = moments[random.Next(moments.Count)];
            moments.Remove(given);
            log = log.WithoutOne(given);
            Assert.Equal(moments, Enumerable.Range(0, log.Count).Select(log.At));
        }
    });

    /// <summary>Coarsened, the log knows later moments than the true ones: what is left of it must not be less than what is left of them.</summary>
    [Fact]
    public void What_is_given_up_of_a_coarse_log_leaves_none_earlier_than_it_was() => RandomWalk.Hold(100, random =>
    {
        List<DateTimeOffset> moments = [.. Enumerable.Range(0, 200).Select(_ => s_start + random.Seconds(0, 3600)).Order()];
        RunLog log = moments.Aggregate(RunLog.Empty, (log, at) => log.Add(new Run(at, TimeSpan.Zero, 1)).Coarser(Most, s_start));

        while (moments.Count > 0)
        {
            DateTimeOffset given = moments[random.Next(moments.Count)];
            moments.Remove(given);
            log = log.WithoutOne(given);
            Assert.All(moments.AsEnumerable().Reverse().Index(), left => Assert.True(log.At(log.Count - 1 - left.Index) >= left.Item));
        }
    });

    [Fact]
    public void Fullest_window_is_the_one_that_counting_finds() => RandomWalk.Hold(200, random =>
    {
        TimeSpan length = random.Seconds(5, 60);
        RunLog log = RunLog.Empty.Add(new Run(s_start.AddSeconds(-100), TimeSpan.FromSeconds(0.05), random.Next(1, 3_000)));
        for (int i = 0; i < 12; i++)
            log = log.Add(new Run(s_start + random.Seconds(0, 120), random.Next(2) * random.Seconds(0.05, 3), random.Next(1, 12)));
        DateTimeOffset at = s_start + random.Seconds(0, 120);

        DateTimeOffset[] ends = [at, .. Enumerable.Range(0, log.Count).Select(log.At).Where(end => end > at && end < at + length)];
        Assert.Equal(ends.Max(end => log.CountUpTo(end) - log.CountUpTo(end - length)), log.MostInWindows(at, length));
    });

    /// <summary>Else a window that ends now would seem to hold less than it does.</summary>
    [Fact]
    public void However_coarse_what_has_passed_stays_passed() => RandomWalk.Hold(100, random =>
    {
        DateTimeOffset now = s_start.AddMinutes(30);
        RunLog log = Enumerable.Range(0, 80).Aggregate(RunLog.Empty, (log, _) => log.Add(new Run(s_start + random.Seconds(0, 3600), TimeSpan.Zero, random.Next(1, 5))));

        Assert.Equal(log.CountUpTo(now), log.Coarser(Most, now).CountUpTo(now));
    });

    [Fact]
    public void Longest_run_there_can_be_is_looked_at_in_a_moment_and_never_for_less()
    {
        RunLog log = RunLog.Empty.Add(new Run(s_start, TimeSpan.FromTicks(1), int.MaxValue));

        Assert.InRange(log.MostInWindows(s_start, TimeSpan.FromSeconds(1)), 10_000_000, int.MaxValue);
    }

    /// <summary>One that could not would be a lost ledger: a window without calls.</summary>
    [Fact]
    public void However_coarse_it_can_be_read_again() => RandomWalk.Hold(100, random =>
    {
        LedgerState state = TestQuota.Fresh();
        for (int i = 0; i < 100; i++)
            state = state with { Charges = state.Charges.AddLate([s_start + random.Seconds(0, 60 * i)]).Coarser(Most, s_start) };

        string text = JsonSerializer.Serialize(state, QuotaJson.Format.LedgerState);

        Assert.Equal(state.Charges.Runs, JsonSerializer.Deserialize(text, QuotaJson.Format.LedgerState)!.Charges.Runs);
    });
}
