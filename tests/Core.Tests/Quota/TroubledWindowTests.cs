using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

/// <summary>All that can come between, at once: refusals, instances that end, answers that nobody heard of, stocks, clocks that differ, and another limit half way.</summary>
public sealed class TroubledWindowTests
{
    private const int Requests = 400;

    [Fact]
    public void No_window_ever_holds_more_than_the_limit_and_nobody_starves() => RandomWalk.Hold(120, random =>
    {
        Walk walk = new(random);
        walk.Play();

        Assert.Empty(walk.Waiting.UnorderedItems);
        Assert.Equal(Requests, walk.Answered);
        Assert.All(walk.Calls, last => Assert.True(walk.CountUpTo(last) <= walk.LimitAt(last), walk.Describe(last)));
    });

    /// <summary>One ledger, those who ask it, and the moments of all calls on the true clock.</summary>
    private sealed class Walk(Random random)
    {
        private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(2);

        private readonly TimeSpan _window = random.Seconds(300, 900);
        private readonly int _limit = random.Next(20, 120);
        private readonly int _otherLimit = random.Next(20, 120);
        private readonly int _rate = random.Next(1, 20);
        private readonly TimeSpan _changesAfter = random.Seconds(60, 2000);
        private readonly TimeSpan _ownersSkew = s_skew * ((2 * random.NextDouble()) - 1);
        private readonly List<DateTimeOffset> _used = [];
        private LedgerState _state = TestQuota.Fresh();
        private DateTimeOffset _now = TestQuota.Start;
        private (int Count, DateTimeOffset TakenAt) _stock;
        private int _asked;
        private int _owner;

        public PriorityQueue<(Slot? Slot, bool IsRedelivered), DateTimeOffset> Waiting { get; } = new();

        public List<DateTimeOffset> Calls { get; } = [];

        public int Answered { get; private set; }

        private QuotaOptions Quota => new() { Limit = IsChanged(_now) ? _otherLimit : _limit, Window = _window, Reserve = 0, MaxRate = _rate };

        public void Play()
        {
            for (int step = 0; step < 20_000 && (_asked < Requests || Waiting.Count > 0); step++)
            {
                bool waits = Waiting.TryPeek(out _, out DateTimeOffset due) && (_asked >= Requests || random.Next(3) > 0);
                _now = waits ? (due > _now ? due : _now) : _now + random.Seconds(0, 20);
                if (random.Next(60) == 0)
                    End();
                UseStock();
                Serve();
            }
        }

        /// <summary>Those that came before the limit was lowered are there, and none is added as long as they are too many.</summary>
        public int LimitAt(DateTimeOffset last) => IsChanged(last - Slack)
            ? Math.Max(_otherLimit, Calls.Count(call => call > last - _window && !IsChanged(call - Slack)))
            : Math.Max(_limit, IsChanged(last) ? _otherLimit : 0);

        public int CountUpTo(DateTimeOffset last) => Calls.Count(call => call > last - _window && call <= last);

        public string Describe(DateTimeOffset last) =>
            $"{CountUpTo(last)} calls in the {_window} before {last:T}, limit {_limit}, then {_otherLimit} from {TestQuota.Start + _changesAfter:T}";

        /// <summary>What was settled before the limit changed may still be used for so long.</summary>
        private TimeSpan Slack => Quota.Horizon + Quota.Tolerance + (2 * s_skew);

        private bool IsChanged(DateTimeOffset at) => at - TestQuota.Start >= _changesAfter;

        private void Serve()
        {
            DateTimeOffset local = _now + (s_skew * ((2 * random.NextDouble()) - 1));
            List<Wish> wishes = [];
            while (Waiting.TryPeek(out _, out DateTimeOffset turn) && turn <= _now)
                wishes.Add(Waiting.Dequeue() is ({ } held, var isRedelivered) ? new Wish.Again(held, isRedelivered) : Wish.Next.One);
            int coming = _asked < Requests ? Math.Min(random.Next(0, 8), Requests - _asked) : 0;
            _asked += coming;
            wishes.AddRange(Enumerable.Range(0, coming).Select(_ => random.Next(6) == 0 ? (Wish)Wish.Urgent.One : Wish.Next.One));
            (_state, Place?[] places) = _state.At(local, Quota).Serve(wishes, local, Quota);
            foreach (Place? place in places)
                Go(place, local);
        }

        private void Go(Place? place, DateTimeOffset local)
        {
            if (place is not { } given)
                Waiting.Enqueue((null, false), _now + random.Seconds(1, 30));
            else if (given.Turn <= local)
                Call(given.Slot, local);
            else
                Waiting.Enqueue((given.Slot, false), _now + (given.Turn - local) + (random.Next(5) == 0 ? random.Seconds(0, _window.TotalSeconds / 10) : TimeSpan.Zero));
        }

        private void Call(Slot slot, DateTimeOffset local)
        {
            Calls.Add(_now);
            switch (random.Next(40))
            {
                case 0: // refused
                    _state = _state.At(local, Quota).Refused(local + random.Seconds(1, 60), local, Quota);
                    (_state, Place?[] first) = _state.Serve([new Wish.First()], local, Quota);
                    Go(first[0], local - TimeSpan.FromSeconds(1)); // not within this call
                    break;
                case 1: // its instance ended before it could say so
                    Waiting.Enqueue((slot, true), _now + random.Seconds(30, 300));
                    break;
                default:
                    Answered++;
                    break;
            }
        }

        /// <summary>An instance ends: what it held comes back when its leases have run out, and its stock is never settled. The one that follows has another name.</summary>
        private void End()
        {
            _owner++;
            _stock = default;
            _used.Clear();
            ((Slot? Slot, bool IsRedelivered) Held, DateTimeOffset Due)[] all = Waiting.UnorderedItems.ToArray();
            Waiting.Clear();
            foreach (((Slot? slot, bool isRedelivered), DateTimeOffset due) in all)
            {
                if (random.Next(2) == 0)
                    Waiting.Enqueue((slot, isRedelivered), due);
                else
                    Waiting.Enqueue((slot, true), (due > _now ? due : _now) + random.Seconds(0, 60));
            }
        }

        private void UseStock()
        {
            DateTimeOffset own = _now + _ownersSkew;
            if (_stock.Count > 0 && own - _stock.TakenAt <= Quota.StockLife && _asked < Requests)
            {
                int used = Math.Min(random.Next(0, _stock.Count + 1), Requests - _asked);
                _asked += used;
                Answered += used;
                _stock.Count -= used;
                Calls.AddRange(Enumerable.Repeat(_now, used));
                _used.AddRange(Enumerable.Repeat(own, used));
            }

            if (random.Next(8) > 0)
                return;
            (_state, int count) = _state.At(own, Quota).Settle($"{_owner}", _used, Quota).TakeStock($"{_owner}", random.Next(1, 12), own, Quota);
            (_stock, _) = ((count, own), 0);
            _used.Clear();
        }
    }
}
