using System.Text;
using System.Text.Json;
using Courier.Origin;
using Courier.Writing;

namespace Courier.Messages;

/// <summary>A malformed message as its dead letter shows it: without headers that a message may not set, since somebody may have put a key there.</summary>
internal sealed class ReceivedText(ApiOptions options)
{
    /// <summary>So much of a message that is no JSON object is shown, in bytes.</summary>
    private const int Longest = 16 * 1024;

    public static JsonElement Of(ReadOnlyMemory<byte> text) =>
        Json.Text(Quotation.Of(Encoding.UTF8.GetString(text.Span[..Math.Min(text.Length, Longest)])));

    /// <param name="message">A JSON object.</param>
    public JsonElement Of(JsonElement message) => Json.Element((message, options), static (json, state) => WriteMessage(json, state.message, state.options));

    private static void WriteMessage(Utf8JsonWriter json, JsonElement message, ApiOptions options)
    {
        json.WriteStartObject();
        foreach (JsonProperty field in message.EnumerateObject())
        {
            if (field.NameEquals("delivery") || IsCredential(field.Name, options))
                continue;
            json.WritePropertyName(field.Name);
            if (field.Name.Equals("headers", StringComparison.OrdinalIgnoreCase))
                WriteHeaders(json, field.Value, options);
            else
                WriteClean(json, field.Value, options);
        }

        json.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter json, JsonElement headers, ApiOptions options)
    {
        if (headers.ValueKind != JsonValueKind.Object)
        {
            json.WriteStringValue("[removed]");
            return;
        }

        json.WriteStartObject();
        foreach (JsonProperty header in headers.EnumerateObject())
        {
            if (options.AllowedHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
                header.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>Senders put their headers into all sorts of places that are no <c>headers</c>.</summary>
    private static void WriteClean(Utf8JsonWriter json, JsonElement value, ApiOptions options)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject().Where(property => !IsCredential(property.Name, options)))
                {
                    json.WritePropertyName(property.Name);
                    WriteClean(json, property.Value, options);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    WriteClean(json, item, options);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(Quotation.Of(value.GetString()!));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool IsCredential(string name, ApiOptions options) =>
        name.Contains("authorization", StringComparison.OrdinalIgnoreCase) || name.Equals(options.KeyHeader, StringComparison.OrdinalIgnoreCase);
}
