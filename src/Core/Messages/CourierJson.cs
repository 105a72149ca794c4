using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Messages;

/// <summary>The JSON form of what Courier writes for others to read.</summary>
[JsonSerializable(typeof(DeadLetterRecord))]
[JsonSerializable(typeof(CompletedCall))]
[JsonSerializable(typeof(Alerts.Alert))]
[JsonSerializable(typeof(Alerts.AlertState))]
[JsonSerializable(typeof(Alerts.HealthReport))]
[JsonSerializable(typeof(Alerts.PendingAlert))]
[JsonSerializable(typeof(Pacing.LedgerState))]
[JsonSerializable(typeof(Pacing.CredentialState))]
[JsonSerializable(typeof(Schedules.ScheduleState))]
public sealed partial class CourierJson : JsonSerializerContext
{
    public static CourierJson Format { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // See Json: legible, and still only characters that XML 1.0 can carry.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<Alerts.AlertKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<Alerts.AlertSeverity>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
        },
    });
}
