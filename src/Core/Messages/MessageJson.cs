using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Messages;

/// <summary>The JSON form of results and dead letters. How their text is escaped, the writer says: <see cref="Writing.Json"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadLetterRecord))]
[JsonSerializable(typeof(CompletedCall))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class MessageJson : JsonSerializerContext
{
    public static MessageJson Format => Default;
}
