using System.Text.Json;

namespace Courier.Messages;

/// <summary>Reads the fields of a JSON object and collects everything that is wrong with them, as sentences for the sender. A null counts as absent.</summary>
internal readonly struct MessageFields(JsonElement root, List<string> problems, string prefix = "")
{
    public string? Text(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        return Problem<string?>(name, value, "a string");
    }

    /// <summary>Whether the field is this text, without making a string of it.</summary>
    public bool Is(string name, string text) => Find(name) is { ValueKind: JsonValueKind.String } value && value.ValueEquals(text);

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => Problem<bool?>(name, value, "true or false, without quotes"),
    };

    public int? Count(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out int number) && number >= 0 => number,
        { } value => Problem<int?>(name, value, "a whole number, zero or more"),
    };

    /// <summary>A moment without an offset is taken as UTC.</summary>
    public DateTimeOffset? Moment(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.TryGetDateTime(out _) && value.TryGetDateTimeOffset(out DateTimeOffset moment) =>
            value.GetDateTime().Kind == DateTimeKind.Unspecified ? new DateTimeOffset(value.GetDateTime(), TimeSpan.Zero) : moment,
        { } value => Problem<DateTimeOffset?>(name, value, "an ISO 8601 date and time like 2026-01-31T12:00:00Z"),
    };

    public JsonElement? Object(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        { } value => Problem<JsonElement?>(name, value, "an object"),
    };

    public JsonElement? Any(string name) => Find(name);

    public IEnumerable<JsonElement> Items(string name)
    {
        if (Find(name) is not { } value)
            return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Problem<JsonElement[]>(name, value, "an array") ?? [];
    }

    private JsonElement? Find(string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Quotation.Short(value.GetRawText()),
    };

    private T? Problem<T>(string name, JsonElement value, string expected)
    {
        problems.Add($"`{prefix}{name}` is {Shown(value)}: it must be {expected}.");
        return default;
    }
}
