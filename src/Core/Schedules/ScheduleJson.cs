using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Schedules;

/// <summary>The JSON form of what instances share about schedules.</summary>
[JsonSerializable(typeof(ScheduleState))]
public sealed partial class ScheduleJson : JsonSerializerContext
{
    public static ScheduleJson Format { get; } = new(Json.Options());
}
