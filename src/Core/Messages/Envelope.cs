namespace Courier.Messages;

/// <summary>A request and what it has been through.</summary>
public sealed record Envelope(ApiRequest Request, Delivery Delivery);
