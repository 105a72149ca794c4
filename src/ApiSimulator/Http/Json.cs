using System.Text.Encodings.Web;
using System.Text.Json;

namespace Courier.ApiSimulator.Http;

internal static class Json
{
    // Nothing here is shown in HTML: quotes in messages stay readable.
    private static readonly JsonSerializerOptions s_options =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);

    /// <exception cref="FormatException">The text is not one JSON object; the message says where it breaks.</exception>
    public static JsonElement ReadObject(ReadOnlyMemory<byte> text)
    {
        try
        {
            JsonElement root = JsonSerializer.Deserialize<JsonElement>(text.Span);
            return root.ValueKind == JsonValueKind.Object ? root : throw new FormatException("The body must be a JSON object.");
        }
        catch (JsonException problem)
        {
            throw new FormatException($"The body must be a JSON object: {problem.Message}", problem);
        }
    }

    /// <summary>Null when absent or null.</summary>
    /// <exception cref="FormatException">The field is no string.</exception>
    public static string? Text(JsonElement body, string field) =>
        !body.TryGetProperty(field, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"The field \"{field}\" must be a string.");
}
