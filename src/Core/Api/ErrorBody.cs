using System.Text.Json;

namespace Courier.Api;

/// <summary>
/// What an error in JSON says: its message, then the fields that it is about with their texts. The shapes are those of common frameworks:
/// problem details and their <c>errors</c> by field, lists of objects with a field and a text, an <c>error</c> around all of it.
/// </summary>
internal static class ErrorBody
{
    /// <summary>Deeper is no error for a person.</summary>
    private const int Deepest = 7;

    /// <summary>So many fields of a list are named.</summary>
    private const int MostItems = 20;

    private static readonly string[] s_texts = ["message", "error_description", "msg", "detail", "description", "errorMessage", "reason", "text"];
    private static readonly string[] s_parts = ["errors", "details", "detail", "fields", "violations", "fieldViolations", "invalid-params", "invalidParams", "validationErrors", "validation_errors"];
    private static readonly string[] s_fields = ["field", "name", "path", "property", "propertyName", "param", "parameter", "pointer", "loc", "location", "source"];

    public static string? Describe(JsonElement body) => Of(body, 0);

    private static string? Of(JsonElement element, int depth) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array when depth < Deepest => Join("; ", [.. element.EnumerateArray().Take(MostItems).Select(item => Item(item, depth + 1))]),
        JsonValueKind.Object when depth < Deepest => OfObject(element, depth),
        _ => null,
    };

    private static string? OfObject(JsonElement element, int depth)
    {
        string? error = element.TryGetProperty("error", out JsonElement inner) ? Of(inner, depth + 1) : null;
        string? head = Join(": ", [Text(element, "title"), error, s_texts.Select(name => Text(element, name)).FirstOrDefault(text => text is not null)]);
        string?[] parts = [.. s_parts.Select(name => element.TryGetProperty(name, out JsonElement part) ? Part(part, depth + 1) : null)];
        return Join(": ", [head, Join("; ", parts)]);
    }

    /// <summary>What stands under <c>errors</c> and its like: an object there names a field with each property, unless it is an error itself.</summary>
    private static string? Part(JsonElement part, int depth) => part.ValueKind switch
    {
        JsonValueKind.String => null, // read with the message, if it is one
        JsonValueKind.Object when depth < Deepest && !s_texts.Any(name => Text(part, name) is not null) =>
            Join("; ", [.. part.EnumerateObject().Take(MostItems).Select(field => Labelled(field.Name, Of(field.Value, depth + 1)))]),
        _ => Of(part, depth),
    };

    private static string? Item(JsonElement item, int depth) => item.ValueKind == JsonValueKind.Object
        ? Labelled(s_fields.Select(name => Field(item, name)).FirstOrDefault(field => field is not null), Of(item, depth))
        : Of(item, depth);

    /// <summary>A field's name, or the way to it.</summary>
    private static string? Field(JsonElement item, string name) => !item.TryGetProperty(name, out JsonElement field) ? null : field.ValueKind switch
    {
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Array => Join(".", [.. field.EnumerateArray().Take(MostItems).Select(step => step.ValueKind is JsonValueKind.String or JsonValueKind.Number ? step.ToString() : null)]),
        JsonValueKind.Object => Text(field, "pointer") ?? Text(field, "parameter"),
        _ => null,
    };

    private static string? Labelled(string? label, string? text) =>
        string.IsNullOrWhiteSpace(text) || string.IsNullOrWhiteSpace(label) || text.StartsWith(label + ":", StringComparison.Ordinal) ? text : $"{label}: {text}";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()) ? value.GetString() : null;

    /// <summary>What another part says already is not said twice.</summary>
    private static string? Join(string separator, string?[] parts)
    {
        List<string> said = [];
        foreach (string part in parts.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!))
        {
            if (!said.Any(other => other.Contains(part, StringComparison.Ordinal)))
                said.Add(part);
        }

        return said.Count == 0 ? null : string.Join(separator, said);
    }
}
