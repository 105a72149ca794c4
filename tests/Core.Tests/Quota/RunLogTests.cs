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
            log = log.AddLate(used).Coarser(Most);
            moments.AddRange(used);
        }

        moments.Sort();
        Assert.Equal(moments.Count, log.Count);
        Assert.All(moments.Index(), moment => Assert.True(log.At(moment.Index) >= moment.Item));
        Assert.InRange(log.Runs.Count, 1, Most);
        Assert.All(log.Runs, run => Assert.True(run.Every >= TimeSpan.Zero));
        Assert.All(log.Runs.Zip(log.Runs.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    });

    [Fact]
    public void What_is_given_up_leaves_the_others_where_they_are() => RandomWalk.Hold(100, random =>
    {
        List<DateTimeOffset> moments = [.. Enumerable.Range(0, 40).Select(i => s_start.AddSeconds(i + (random.Next(2) * 0.5))).Distinct()];
        RunLog log = moments.Aggregate(RunLog.Empty, (log, at) => log.Add(new Run(at, TimeSpan.Zero, 1)));

        while (moments.Count > 0)
        {
            DateTimeOffset given = moments[random.Next(moments.Count)];
            moments.Remove(given);
            log = log.Without(given).Without(given);
            Assert.Equal(moments, Enumerable.Range(0, log.Count).Select(log.At));
        }
    });

    /// <summary>One that could not would be a lost ledger: a window without calls.</summary>
    [Fact]
    public void However_coarse_it_can_be_read_again() => RandomWalk.Hold(100, random =>
    {
        LedgerState state = TestQuota.Fresh();
        for (int i = 0; i < 100; i++)
            state = state with { Charges = state.Charges.AddLate([s_start + random.Seconds(0, 60 * i)]).Coarser(Most) };

        string text = JsonSerializer.Serialize(state, QuotaJson.Format.LedgerState);

        Assert.Equal(state.Charges.Runs, JsonSerializer.Deserialize(text, QuotaJson.Format.LedgerState)!.Charges.Runs);
    });
}
