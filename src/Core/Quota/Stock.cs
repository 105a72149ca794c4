using System.Text.Json.Serialization;

namespace Courier.Quota;

/// <summary>Slots that one instance took ahead of need: how many, and when.</summary>
[JsonConverter(typeof(StockJson))]
public readonly record struct Stock(int Count, DateTimeOffset TakenAt);
