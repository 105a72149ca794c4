using System.Diagnostics;
using Courier.Messages;
using Courier.Routing;
using Courier.Storage;

namespace Courier.Pacing;

/// <summary>Whether a request may be called now.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>The request's place in the quota, while it waits for it.</summary>
    public Slot? Place => (this as Wait)?.Slot;

    /// <summary>What becomes of a request that is not called.</summary>
    public Disposition Decide() => this switch
    {
        Wait wait => new Disposition.Reschedule(wait.Delay, CountsAsAttempt: false),
        Expired => new Disposition.DeadLetter(DeadLetterReason.Expired),
        Cancelled cancelled => new Disposition.DeadLetter(DeadLetterReason.Cancelled, cancelled.Why),
        _ => throw new UnreachableException(),
    };

    /// <summary>Now.</summary>
    public sealed record Granted : Admission
    {
        public static Granted One { get; } = new();
    }

    /// <summary>Later: the quota has no room before, the key is on hold, everything is paused, the sender said so, or the storage does not say.</summary>
    /// <param name="Slot">The request's place in the quota, to come back with; null when it must ask again.</param>
    /// <param name="Failure">The storage, where the ledger and the hold lie, is why.</param>
    public sealed record Wait(TimeSpan Delay, Slot? Slot, StorageFailureException? Failure = null) : Admission;

    /// <summary>Never: its <c>expiresAt</c> has passed.</summary>
    public sealed record Expired : Admission;

    /// <summary>Never: an operator has said so.</summary>
    public sealed record Cancelled(string Why) : Admission;
}
