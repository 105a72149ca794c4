using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Courier.Cli.Output;

/// <summary>Writes JSON in which every character that is not plain ASCII is escaped: it does nothing to a terminal.</summary>
internal static class JsonLines
{
    public static void Write<T>(T value, JsonTypeInfo<T> format) => Console.Out.WriteLine(JsonSerializer.Serialize(value, format));

    /// <summary>For people who read JSON.</summary>
    public static void WriteIndented<T>(T value, JsonTypeInfo<T> format)
    {
        using JsonDocument document = JsonSerializer.SerializeToDocument(value, format);
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
            document.WriteTo(json);
        Console.Out.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
    }

    /// <summary>Each on a line as it comes, or all of them as one array.</summary>
    public static async Task WriteAsync<T>(IAsyncEnumerable<T> values, JsonTypeInfo<T> format, TextWriter output, bool asArray, Action<T> count)
    {
        bool isFirst = true;
        if (asArray)
            await output.WriteAsync('[');
        await foreach (T value in values)
        {
            count(value);
            if (asArray && !isFirst)
                await output.WriteAsync(",");
            isFirst = false;
            await output.WriteLineAsync(JsonSerializer.Serialize(value, format));
        }

        if (asArray)
            await output.WriteLineAsync("]");
    }
}
