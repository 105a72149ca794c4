using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Origin;
using Courier.Writing;

namespace Courier.Messages;

/// <summary>A malformed message as its dead letter shows it: without headers that a message may not set, since somebody may have put a key there.</summary>
internal sealed class ReceivedText(ApiOptions options)
{
    /// <summary>So much of a message that is no JSON object is shown, in bytes.</summary>
    private const int Longest = 16 * 1024;

    private readonly Regex _keys = Quotation.CredentialsIn(options.KeyHeader);

    /// <summary>A sentence, or a piece of a message, without what was given for a credential.</summary>
    public string Clean(string text) => _keys.Replace(Quotation.Of(text), "[removed]");

    public JsonElement Of(ReadOnlyMemory<byte> text) =>
        Json.Text(Clean(Encoding.UTF8.GetString(text.Span[..Math.Min(text.Length, Longest)])));

    /// <param name="message">A JSON object.</param>
    public JsonElement Of(JsonElement message) => Json.Element((message, this), static (json, state) => state.Item2.WriteMessage(json, state.message));

    private void WriteMessage(Utf8JsonWriter json, JsonElement message)
    {
        json.WriteStartObject();
        foreach (JsonProperty field in message.EnumerateObject())
        {
            if (field.NameEquals("delivery") || IsCredential(field.Name, options))
                continue;
            json.WritePropertyName(field.Name);
            if (field.Name.Equals("headers", StringComparison.OrdinalIgnoreCase))
                WriteHeaders(json, field.Value);
            else
                WriteClean(json, field.Value);
        }

        json.WriteEndObject();
    }

    private void WriteHeaders(Utf8JsonWriter json, JsonElement headers)
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
    private void WriteClean(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any(property => NamesCredential(property.Value, options)):
                json.WriteStringValue("[removed]"); // {"name":"Authorization","value":"…"}
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(item => NamesCredential(item, options)):
                json.WriteStringValue("[removed]"); // ["Authorization","…"]
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject().Where(property => !IsCredential(property.Name, options)))
                {
                    json.WritePropertyName(property.Name);
                    WriteClean(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    WriteClean(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(Clean(value.GetString()!));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool NamesCredential(JsonElement value, ApiOptions options) => value.ValueKind == JsonValueKind.String && value.GetString()!.Trim(' ', ':') is var name
        && (name.Equals("authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("proxy-authorization", StringComparison.OrdinalIgnoreCase) || name.Equals(options.KeyHeader, StringComparison.OrdinalIgnoreCase));

    private static bool IsCredential(string name, ApiOptions options) =>
        name.Contains("authorization", StringComparison.OrdinalIgnoreCase) || name.Equals(options.KeyHeader, StringComparison.OrdinalIgnoreCase);
}
