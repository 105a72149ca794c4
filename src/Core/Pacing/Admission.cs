using Courier.Messages;

namespace Courier.Pacing;

/// <summary>Whether a request may be called now.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>Now, on this slot.</summary>
    public sealed record Granted(Slot Slot) : Admission;

    /// <summary>Later: the quota has no room before, or the key is on hold.</summary>
    /// <param name="Slot">The request's place in the quota, to come back with; null when it must ask again.</param>
    public sealed record Wait(TimeSpan Delay, Slot? Slot) : Admission;

    /// <summary>Never: its <c>expiresAt</c> has passed.</summary>
    public sealed record Expired : Admission;
}
