namespace Courier.Messages;

/// <summary>A request and what it has been through.</summary>
public sealed record Envelope(ApiRequest Request, Delivery Delivery)
{
    /// <summary>The queue has delivered this very message before, and it may have been called then.</summary>
    public bool IsRedelivered { get; init; }

    /// <summary>Which span all deliveries belong under: the first one's own, unless the sender has named one.</summary>
    public string? Traceparent => Delivery.Traceparent ?? Request.Traceparent;

    public string? TraceId => TraceContext.TraceId(Traceparent);

    /// <param name="slot">Its place in the quota: the one that it must wait for; null for none.</param>
    public Envelope Holding(Slot? slot) => ReferenceEquals(slot, Delivery.Slot) ? this : this with { Delivery = Delivery with { Slot = slot } };
}
