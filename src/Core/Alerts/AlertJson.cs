using System.Text.Json;
using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Alerts;

/// <summary>The JSON form in which alerts leave Courier.</summary>
[JsonSerializable(typeof(Alert))]
public sealed partial class AlertJson : JsonSerializerContext
{
    public static AlertJson Format { get; } = new(CreateOptions());

    /// <summary>For documents that hold alerts; a set of its own for each, since a context takes its options for itself.</summary>
    public static JsonSerializerOptions CreateOptions() => Json.Options(Kebab<AlertKind>(), Kebab<AlertSeverity>());

    private static JsonStringEnumConverter<T> Kebab<T>()
        where T : struct, Enum => new(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
}
