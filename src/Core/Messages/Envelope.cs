using Courier.Pacing;

namespace Courier.Messages;

/// <summary>A request and what it has been through.</summary>
public sealed record Envelope(ApiRequest Request, Delivery Delivery)
{
    /// <summary>With the slot that it was admitted on, or must wait for.</summary>
    public Envelope Holding(Admission admission) => this with
    {
        Delivery = Delivery with { Slot = admission switch { Admission.Granted granted => granted.Slot, Admission.Wait wait => wait.Slot, _ => null } },
    };
}
