using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Writing;

/// <summary>How Courier writes JSON: readable text that XML 1.0, the queue's transport, can carry.</summary>
internal static class Json
{
    /// <summary>Of JSON that comes from outside: what Courier wraps around it stays within the 64 levels that writers and readers allow unasked.</summary>
    public const int MaximumDepth = 60;

    private static readonly JsonWriterOptions s_writer = new()
    {
        // Escapes control and unassigned characters, and leaves the rest legible for whoever opens the queue; nothing here is put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The same for whole documents: names in camel case, nothing where there is null.</summary>
    public static JsonSerializerOptions Options(params ReadOnlySpan<JsonConverter> converters)
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = s_writer.Encoder };
        foreach (JsonConverter converter in converters)
            options.Converters.Add(converter);
        return options;
    }

    public static ReadOnlyMemory<byte> Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter json = new(buffer, s_writer))
            write(json, state);
        return buffer.WrittenMemory;
    }

    public static JsonElement Element<TState>(TState state, Action<Utf8JsonWriter, TState> write) =>
        JsonElement.Parse(Write(state, write).Span);

    public static JsonElement Text(string text) => Element(text, static (json, value) => json.WriteStringValue(value));
}
