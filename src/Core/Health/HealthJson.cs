using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Health;

/// <summary>The JSON form of what an instance tells of itself.</summary>
[JsonSerializable(typeof(HealthReport))]
public sealed partial class HealthJson : JsonSerializerContext
{
    public static HealthJson Format { get; } = new(Json.Options());
}
