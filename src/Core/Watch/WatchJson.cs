using System.Text.Json.Serialization;
using Courier.Alerts;

namespace Courier.Watch;

/// <summary>The JSON form of what instances share about alerts and gauges.</summary>
[JsonSerializable(typeof(AlertHistory))]
[JsonSerializable(typeof(AlertState))]
[JsonSerializable(typeof(GaugeClaim))]
public sealed partial class WatchJson : JsonSerializerContext
{
    public static WatchJson Format { get; } = new(AlertJson.CreateOptions());
}
