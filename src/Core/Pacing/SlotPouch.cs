using Courier.Messages;

namespace Courier.Pacing;

/// <summary>
/// Slots that were taken ahead of need, while they were due anyway. They are good for the tolerance only; how many to take
/// follows what was used: more after a batch that was used up in half of that time, fewer after one that went bad.
/// </summary>
internal sealed class SlotPouch(TimeSpan tolerance, int largestBatch)
{
    private readonly Queue<Slot> _slots = new();
    private DateTimeOffset _takenAt = DateTimeOffset.MinValue;
    private int _batch = 1;

    public Slot? Take(DateTimeOffset now) => now - _takenAt <= tolerance && _slots.TryDequeue(out Slot? slot) ? slot : null;

    /// <summary>Gives up what has gone bad: how many slots of which ledger.</summary>
    public (int Count, string? Ledger) Empty()
    {
        (int Count, string? Ledger) left = (_slots.Count, _slots.TryPeek(out Slot? slot) ? slot.Ledger : null);
        if (left.Count > 0)
            _batch = Math.Max(1, _batch - left.Count);
        _slots.Clear();
        return left;
    }

    /// <summary>How many to take next.</summary>
    public int BatchSize(DateTimeOffset now)
    {
        if (now - _takenAt < tolerance * 0.5)
            _batch = Math.Min(largestBatch, _batch * 2);
        return _batch;
    }

    public void Fill(IEnumerable<Slot> slots, DateTimeOffset now)
    {
        _takenAt = now;
        foreach (Slot slot in slots)
            _slots.Enqueue(slot);
    }
}
