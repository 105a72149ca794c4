using Courier.Messages;
using Courier.Pacing;

namespace Courier.Tests.Pacing;

/// <summary>Senders of all kinds at one ledger, one after the other, and when each of their slots has its turn.</summary>
/// <param name="high">Some are of high priority, at times many at once.</param>
/// <param name="refused">Some are refused.</param>
internal sealed class LedgerWalk(QuotaOptions quota, Random random, bool high, bool refused)
{
    private readonly List<DateTimeOffset> _turns = [];
    private readonly Dictionary<SlotLane, Queue<(Slot Slot, bool IsCounted)>> _waiting = new() { [SlotLane.Normal] = [], [SlotLane.High] = [] };
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private LedgerState _state = null!;

    public List<DateTimeOffset> Run(TimeSpan duration)
    {
        _state = LedgerState.Fresh("one", quota, _now, burst: true);
        DateTimeOffset end = _now + duration;
        while (_now < end)
        {
            if (_waiting[SlotLane.Normal].Count < quota.Limit * 3)
                Take();
            PassTo(_now + Gap());
        }

        PassTo(end + (duration * 3));
        _turns.Sort();
        return _turns;
    }

    private void Take()
    {
        bool isHigh = high && random.Next(4) == 0;
        int count = isHigh && random.Next(20) > 0 ? random.Next(1, 4) : random.Next(8) == 0 ? random.Next(1, quota.Limit) : random.Next(1, 32);
        Taken taken = isHigh ? _state.TakeHigh(count, quota, _now) : _state.Take(count, quota, _now);
        _state = taken.State;
        foreach (Slot slot in Enumerable.Range(0, count).Select(i => taken[i]))
            _waiting[slot.Lane].Enqueue((slot, IsCounted: slot.At <= _now));
        if (refused && random.Next(200) == 0)
            _state = _state.Refused(_now + random.Seconds(1, 600), quota, _now);
    }

    /// <summary>Mostly busy, at times quiet.</summary>
    private TimeSpan Gap() => random.Next(20) == 0 ? random.Seconds(0, quota.Window.TotalSeconds) : random.Seconds(0, quota.Interval.TotalSeconds * 20);

    /// <summary>Everybody calls at its turn, one after the other: who waited for it may move the others' by that.</summary>
    private void PassTo(DateTimeOffset until)
    {
        while (_waiting.Values.Where(lane => lane.Count > 0).MinBy(lane => DueOf(lane.Peek().Slot)) is { } next && DueOf(next.Peek().Slot) is var due && due < until)
        {
            (Slot slot, bool isCounted) = next.Dequeue();
            _now = due > _now ? due : _now;
            _turns.Add(_now);
            if (!isCounted)
                _state = _state.Using(slot, quota, _now);
        }

        _now = until;
    }

    /// <summary>Who is late is not the ledger's matter here: everybody calls when it is due, and at once when it was.</summary>
    private DateTimeOffset DueOf(Slot slot) => _state.TurnOf(slot, quota, _now) ?? _now;
}
