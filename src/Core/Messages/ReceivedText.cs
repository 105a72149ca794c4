using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Api;

namespace Courier.Messages;

/// <summary>A malformed message as its dead letter shows it: without headers that a message may not set, since somebody may have put a key there.</summary>
internal sealed partial class ReceivedText(ApiOptions options)
{
    public static JsonElement Of(ReadOnlyMemory<byte> text)
    {
        ReadOnlySpan<byte> shown = text.Span[..Math.Min(text.Length, 16 * 1024)];
        return Json.Text(Credentials().Replace(Encoding.UTF8.GetString(shown), "[removed]"));
    }

    public JsonElement Of(JsonElement message) => message.ValueKind != JsonValueKind.Object
        ? Of(Encoding.UTF8.GetBytes(message.GetRawText()))
        : Json.Element((message, options), static (json, state) => Write(json, state.message, state.options));

    private static void Write(Utf8JsonWriter json, JsonElement message, ApiOptions options)
    {
        json.WriteStartObject();
        foreach (JsonProperty field in message.EnumerateObject())
        {
            if (field.NameEquals("delivery") || IsCredential(field.Name))
                continue;
            json.WritePropertyName(field.Name);
            if (field.Name.Equals("headers", StringComparison.OrdinalIgnoreCase) && field.Value.ValueKind == JsonValueKind.Object)
                WriteHeaders(json, field.Value, options);
            else
                field.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter json, JsonElement headers, ApiOptions options)
    {
        json.WriteStartObject();
        foreach (JsonProperty header in headers.EnumerateObject())
        {
            if (options.AllowedHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
                header.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static bool IsCredential(string name) => name.Contains("authorization", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""authorization["'\s:=]{1,8}((token|bearer|basic)\s+)?[^"'\s,}]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Credentials();
}
