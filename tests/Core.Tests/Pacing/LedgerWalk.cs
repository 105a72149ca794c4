using Courier.Messages;
using Courier.Pacing;

namespace Courier.Tests.Pacing;

/// <summary>Senders of all kinds at one ledger, one after the other, and when each of their slots has its turn.</summary>
/// <param name="high">Some are of high priority: no more than their share allows.</param>
/// <param name="refused">Some are refused.</param>
internal sealed class LedgerWalk(QuotaOptions quota, Random random, bool high, bool refused)
{
    private readonly List<DateTimeOffset> _turns = [];
    private List<Slot> _waiting = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private LedgerState _state = null!;

    public List<DateTimeOffset> Run(TimeSpan duration)
    {
        _state = LedgerState.Fresh("one", quota, _now, burst: true);
        DateTimeOffset end = _now + duration;
        while (_now < end)
        {
            if (_waiting.Count < quota.Limit * 3)
                Take();
            PassTo(_now + Gap());
        }

        PassTo(end + (duration * 3));
        _turns.Sort();
        return _turns;
    }

    private void Take()
    {
        bool isHigh = high && random.Next(4) == 0 && _state.NextHigh <= _now;
        int count = isHigh ? random.Next(1, 4) : random.Next(8) == 0 ? random.Next(1, quota.Limit) : random.Next(1, 32);
        Taken taken = isHigh ? _state.TakeHigh(count, quota, _now) : _state.Take(count, quota, _now);
        _state = taken.State;
        _waiting.AddRange(Enumerable.Range(0, count).Select(i => taken[i]));
        if (refused && random.Next(200) == 0)
            _state = _state.Refused(_now + random.Seconds(1, 600), quota, _now);
    }

    /// <summary>Mostly busy, at times quiet.</summary>
    private TimeSpan Gap() => random.Next(20) == 0 ? random.Seconds(0, quota.Window.TotalSeconds) : random.Seconds(0, quota.Interval.TotalSeconds * 20);

    /// <summary>Nothing happens to the clock until then, so those whose turn comes before call at it.</summary>
    private void PassTo(DateTimeOffset until)
    {
        List<Slot> still = [];
        foreach (Slot slot in _waiting)
        {
            // Who is late is not the ledger's matter here: everybody calls when it is due, and at once when it was.
            DateTimeOffset due = _state.TurnOf(slot, quota, _now) ?? _now;
            if (due < until)
                _turns.Add(due > _now ? due : _now);
            else
                still.Add(slot);
        }

        (_waiting, _now) = (still, until);
    }
}
