using System.Diagnostics;
using Courier.Api;
using Courier.Messages;

namespace Courier.Pacing;

/// <summary>What a call's end says about its request's way through the quota.</summary>
public abstract record Lesson
{
    private Lesson()
    {
    }

    /// <summary>What the request has been through from now on.</summary>
    public Envelope Apply(Envelope envelope, Call call)
    {
        Delivery delivery = envelope.Delivery;
        return this switch
        {
            Called => delivery.Refusals == 0 ? envelope : envelope with { Delivery = delivery with { Refusals = 0, RefusedSince = null } },
            QuotaUsedUp used => envelope.Holding(used.Slot),
            RefusedAlone => envelope with { Delivery = delivery with { Slot = null, Refusals = delivery.Refusals + 1, RefusedSince = delivery.RefusedSince ?? call.At } },
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Not refused.</summary>
    public sealed record Called : Lesson
    {
        public static Called One { get; } = new();
    }

    /// <summary>A 429 of the quota: nobody calls until it has room again, and this request is among the first then.</summary>
    /// <param name="Slot">Null when none could be had.</param>
    public sealed record QuotaUsedUp(Slot? Slot) : Lesson;

    /// <summary>A 429 of this request's own (a limit of one resource): the others go on, and it waits by itself.</summary>
    public sealed record RefusedAlone : Lesson
    {
        public static RefusedAlone One { get; } = new();
    }
}
