using Courier.Messages;

namespace Courier.Quota;

/// <summary>
/// Slots that this instance took ahead of need, while there were plenty: an admitted call then costs no operation. They are good for a short
/// time; how many to take follows what was used: more after a batch that was used up in half of it, fewer after one that was not.
/// </summary>
internal sealed class SlotStock(QuotaOptions quota)
{
    private readonly DateTimeOffset[] _used = new DateTimeOffset[quota.LargestStock];
    private int _count;
    private int _usedCount;
    private int _batch = 2;
    private DateTimeOffset _takenAt = DateTimeOffset.MinValue;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private TimeSpan _every;

    /// <summary>Null when there is none; else with the moment from which it may be used.</summary>
    public Place? Take(DateTimeOffset now)
    {
        if (_usedCount == _count || now - _takenAt > quota.StockLife)
            return null;
        DateTimeOffset turn = LedgerState.Later(_next, now);
        if (turn > now + LedgerState.Moment)
            return null;
        _next = turn + _every;
        _used[_usedCount++] = turn;
        return new Place(Slot.Ahead(turn), turn);
    }

    /// <summary>Gives up what is left.</summary>
    /// <returns>How it was used, and how many to take next.</returns>
    public (IReadOnlyList<DateTimeOffset> Used, int Batch) Empty(DateTimeOffset now)
    {
        if (_usedCount < _count)
            _batch = Math.Max(2, _batch - (_count - _usedCount));
        else if (now - _takenAt < quota.StockLife / 2)
            _batch = Math.Min(quota.LargestStock, _batch * 2);
        DateTimeOffset[] used = _used[.._usedCount];
        (_count, _usedCount) = (0, 0);
        return (used, _batch);
    }

    /// <param name="at">When they were taken.</param>
    /// <param name="from">None of them may be used earlier.</param>
    /// <param name="every">From one to the next at least.</param>
    public void Fill(int count, DateTimeOffset at, DateTimeOffset from, TimeSpan every) =>
        (_count, _usedCount, _takenAt, _next, _every) = (count, 0, at, from, every);
}
