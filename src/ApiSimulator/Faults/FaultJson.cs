using System.Text.Json;

namespace Courier.ApiSimulator.Faults;

internal static class FaultJson
{
    /// <exception cref="FormatException">Names the field and what it must be.</exception>
    public static Fault Read(JsonElement json) => json.EnumerateObject()
        .Where(static field => field.Value.ValueKind != JsonValueKind.Null)
        .Aggregate(new Fault { Match = "" }, Apply);

    public static object Write(Fault fault) => new
    {
        fault.Match,
        fault.Status,
        fault.Times,
        fault.RetryAfter,
        delay = fault.Delay?.TotalSeconds,
        fault.Drop,
        fault.Body,
        fault.Headers,
    };

    private static Fault Apply(Fault fault, JsonProperty field) => field.Name switch
    {
        "match" => fault with { Match = Text(field) },
        "status" => fault with { Status = Whole(field) },
        "times" => fault with { Times = Whole(field) },
        "retryAfter" => fault with { RetryAfter = field.Value.ValueKind == JsonValueKind.Number ? field.Value.GetRawText() : Text(field) },
        "delay" => fault with { Delay = Seconds(field) },
        "drop" => fault with { Drop = Flag(field) },
        "body" => fault with { Body = Text(field) },
        "headers" => fault with { Headers = Headers(field) },
        _ => throw new FormatException(
            $"\"{field.Name}\" is not a field of a fault; there are match, status, times, retryAfter, delay, drop, body and headers."),
    };

    private static string Text(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : throw Wrong(field, "a string");

    private static int Whole(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt32(out int number) ? number : throw Wrong(field, "a whole number");

    private static TimeSpan Seconds(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Number && Math.Abs(field.Value.GetDouble()) < 1e9
            ? TimeSpan.FromSeconds(field.Value.GetDouble())
            : throw Wrong(field, "a number of seconds");

    private static bool Flag(JsonProperty field) =>
        field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? field.Value.GetBoolean() : throw Wrong(field, "true or false");

    private static Dictionary<string, string> Headers(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Object
            ? field.Value.EnumerateObject().ToDictionary(header => header.Name, Text)
            : throw Wrong(field, "an object of strings");

    private static FormatException Wrong(JsonProperty field, string wanted) =>
        new($"\"{field.Name}\" is {field.Value.GetRawText()}; it must be {wanted}.");
}
