using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Courier.Storage;

namespace Courier.Operations;

/// <summary>What lies in a blob, if it can be read: somebody may have edited it, and the others are still to be seen.</summary>
internal static class Readable
{
    /// <summary>Null when it is no such document.</summary>
    public static T? Parse<T>(StoredBlob blob, JsonTypeInfo<T> format)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(blob.Content.Span, format);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // half of a surrogate pair
        {
            return null;
        }
    }

    /// <summary>False where there is half of a surrogate pair in it, which nobody can show or send.</summary>
    public static bool CanBeWritten(JsonElement json)
    {
        using Utf8JsonWriter writer = new(Stream.Null);
        try
        {
            json.WriteTo(writer);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
