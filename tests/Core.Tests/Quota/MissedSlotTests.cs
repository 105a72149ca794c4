using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

/// <summary>A queue that hands out more slowly than the turns of those who wait come up: most miss theirs, and the window is used all the same.</summary>
public sealed class MissedSlotTests
{
    private const int HandedOutAtOnce = 5;

    private static readonly DateTimeOffset s_start = TestQuota.Start;
    private static readonly TimeSpan s_often = TimeSpan.FromSeconds(0.1);

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(1_000)]
    [InlineData(100)]
    [InlineData(20)]
    public void Who_missed_its_slot_is_called_in_the_same_window(double maxRate)
    {
        const int count = 1_700;
        QuotaOptions quota = new() { Limit = 500, Window = TimeSpan.FromSeconds(30), Reserve = 0, MaxRate = maxRate };

        List<DateTimeOffset> calls = Drain(count, quota);

        double aSecond = Math.Min(HandedOutAtOnce / s_often.TotalSeconds, maxRate);
        int whole = count / quota.Limit;
        Assert.Equal(count, calls.Count);
        Assert.InRange(calls[^1] - calls[0], TimeSpan.Zero, (whole * quota.TakenFor) + TimeSpan.FromSeconds(quota.Limit / aSecond));
        Assert.All(calls.Skip(quota.Limit).Zip(calls), pair => Assert.True(pair.First - pair.Second >= quota.Window));
    }

    /// <summary>The moments of all calls, where so many wait for a full window.</summary>
    private static List<DateTimeOffset> Drain(int count, QuotaOptions quota)
    {
        PriorityQueue<Slot, (DateTimeOffset Due, int Order)> queue = new();
        int order = 0;
        (LedgerState state, Place[] line) = TestQuota.Fresh(quota.Limit).TakeNext(count, s_start, quota);
        foreach (Place place in line)
            Park(place, s_start);
        List<DateTimeOffset> calls = [];
        for (DateTimeOffset now = s_start; queue.Count > 0 && now < s_start.AddHours(1); now += s_often)
        {
            List<Wish> wishes = [];
            while (wishes.Count < HandedOutAtOnce && queue.TryPeek(out _, out (DateTimeOffset Due, int) next) && next.Due <= now)
                wishes.Add(new Wish.Again(queue.Dequeue()));
            (state, Place?[] places) = state.At(now, quota).Serve(wishes, now, quota);
            foreach (Place place in places.OfType<Place>())
            {
                if (place.Turn <= now + LedgerState.Moment)
                    calls.Add(LedgerState.Later(now, place.Turn)); // waited for at the gate
                else
                    Park(place, now);
            }
        }

        calls.Sort();
        return calls;

        void Park(Place place, DateTimeOffset now) => queue.Enqueue(place.Slot, (now.AddSeconds(Math.Floor((place.Turn - now).TotalSeconds)), order++));
    }
}
