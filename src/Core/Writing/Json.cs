using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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
        JsonScratch scratch = JsonScratch.Take(s_writer);
        try
        {
            write(scratch.Writer, state);
            return scratch.Written.ToArray();
        }
        finally
        {
            scratch.GiveBack();
        }
    }

    /// <param name="format">With its generated writing code, which asks for options without an encoder: here the writer has it.</param>
    public static ReadOnlyMemory<byte> Write<T>(T value, JsonTypeInfo<T> format) =>
        Write((value, format), static (json, state) => JsonSerializer.Serialize(json, state.value, state.format));

    public static JsonElement Element<TState>(TState state, Action<Utf8JsonWriter, TState> write) =>
        JsonElement.Parse(Write(state, write).Span);

    /// <summary>Half of a surrogate pair, which only an escape can hold, can be read but not written again.</summary>
    /// <param name="text">What <paramref name="json"/> was read from.</param>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> text, JsonElement json)
    {
        if (text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0)
            return false;
        try
        {
            Write(json, static (writer, value) => value.WriteTo(writer));
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    public static JsonElement Text(string text) => Element(text, static (json, value) => json.WriteStringValue(value));
}
