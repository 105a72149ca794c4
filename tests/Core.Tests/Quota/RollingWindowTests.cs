using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

/// <summary>Senders of all kinds at one ledger, clocks that differ, calls that come late: what any window holds, and that nobody starves.</summary>
public sealed class RollingWindowTests
{
    private static readonly DateTimeOffset s_start = TestQuota.Start;

    [Fact]
    public void No_window_ever_holds_more_than_the_limit_and_nobody_starves() => RandomWalk.Hold(60, random =>
    {
        QuotaOptions quota = new() { Limit = random.Next(20, 120), Window = random.Seconds(300, 900), Reserve = 0, MaxRate = random.Next(1, 20) };
        List<DateTimeOffset> calls = Play(quota, random);

        for (int i = quota.Limit; i < calls.Count; i++)
            Assert.True(calls[i] - calls[i - quota.Limit] >= quota.Window, $"{quota.Limit + 1} calls from {calls[i - quota.Limit]:T} to {calls[i]:T}, window {quota.Window}");
    });

    /// <summary>The moments of all calls, on the true clock.</summary>
    private static List<DateTimeOffset> Play(QuotaOptions quota, Random random)
    {
        LedgerState state = TestQuota.Fresh();
        PriorityQueue<Slot, DateTimeOffset> waiting = new();
        List<DateTimeOffset> calls = [];
        DateTimeOffset now = s_start;
        TimeSpan skew = TimeSpan.FromSeconds(2); // either way
        int asked = 0;
        for (int step = 0; step < 4000 && (asked < 600 || waiting.Count > 0); step++)
        {
            now = waiting.TryPeek(out _, out DateTimeOffset due) && (asked >= 600 || random.Next(3) > 0) ? (due > now ? due : now) : now + random.Seconds(0, 20);
            DateTimeOffset local = now + (skew * ((2 * random.NextDouble()) - 1));
            List<Wish> wishes = [];
            while (waiting.TryPeek(out Slot? slot, out DateTimeOffset turn) && turn <= now)
                wishes.Add(new Wish.Again(waiting.Dequeue()));
            int coming = asked < 600 ? random.Next(0, 8) : 0;
            asked += coming;
            wishes.AddRange(Enumerable.Range(0, coming).Select(_ => random.Next(6) == 0 ? (Wish)Wish.Urgent.One : Wish.Next.One));
            (state, Place?[] places) = state.At(local, quota).Serve(wishes, local, quota);
            foreach (Place place in places.OfType<Place>())
            {
                if (place.Turn <= local)
                    calls.Add(now);
                else
                    waiting.Enqueue(place.Slot, now + (place.Turn - local) + (random.Next(5) == 0 ? random.Seconds(0, quota.Window.TotalSeconds / 10) : TimeSpan.Zero));
            }
        }

        Assert.Empty(waiting.UnorderedItems);
        Assert.Equal(asked, calls.Count);
        calls.Sort();
        return calls;
    }
}
