using Courier.Messages;

namespace Courier.Quota;

/// <summary>What somebody wants of the ledger.</summary>
public abstract record Wish
{
    private Wish()
    {
    }

    /// <summary>The next place in the line.</summary>
    /// <param name="Before">Whose turn is not before that wants none: it would use it for nothing.</param>
    public sealed record Next(DateTimeOffset Before) : Wish
    {
        public static Next One { get; } = new(DateTimeOffset.MaxValue);
    }

    /// <summary>The same for high priority: ahead of the line while its share lasts, never later than the line's next place.</summary>
    public sealed record Urgent : Wish
    {
        public static Urgent One { get; } = new();
    }

    /// <summary>The turn of this slot, and another in its stead when it was missed.</summary>
    /// <param name="MayBeUsed">Its call may have been made, by whoever had it before: then its charge stays.</param>
    public sealed record Again(Slot Slot, bool MayBeUsed = false) : Wish;

    /// <summary>The first place after the gate has opened: the API refused the call.</summary>
    public sealed record First : Wish;

    /// <summary>A call that is made within that time, or not at all: a repetition in the process.</summary>
    public sealed record AtOnce(TimeSpan Within) : Wish;

    /// <summary>A call that is made now, whatever is left: a probe.</summary>
    public sealed record Charge : Wish;
}
