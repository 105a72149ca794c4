using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Orders;

/// <summary>The JSON form of the operator's orders.</summary>
[JsonSerializable(typeof(OrderBook))]
public sealed partial class OrdersJson : JsonSerializerContext
{
    public static OrdersJson Format { get; } = new(Json.Options());
}
