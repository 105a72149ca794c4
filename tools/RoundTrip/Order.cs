using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Courier.RoundTrip;

/// <summary>What is to be posted, and for how long its outcome is waited for.</summary>
public sealed record Order
{
    public const string Usage = """
        ./dev roundtrip [--messages <1-100000>] [--within <hh:mm:ss>] [--message <json without id>]

        Posts messages to the request queue of the storage account that AzureWebJobsStorage names (or AzureWebJobsStorage__accountName, with
        your own sign-in), and reads results and dead letters until each of them has an outcome. Its own messages are deleted from those
        queues, all others are left. Ends with 0 when none is missing.
        """;

    public int Messages { get; init; } = 500;

    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>A request message without its id. The default needs no API: it has expired and becomes a dead letter.</summary>
    public string Message { get; init; } = """{"method":"GET","path":"/","expiresAt":"2000-01-01T00:00:00Z"}""";

    /// <exception cref="FormatException">Its message says what is wrong.</exception>
    public static Order Parse(IReadOnlyList<string> words)
    {
        Order order = new();
        for (int i = 0; i < words.Count; i += 2)
        {
            string value = i + 1 < words.Count ? words[i + 1] : throw new FormatException($"{words[i]} needs a value.");
            order = words[i] switch
            {
                "--messages" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 100_000 => order with { Messages = count },
                "--within" when TimeSpan.TryParseExact(value, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out TimeSpan within) => order with { Within = within },
                "--message" when IsObject(value) => order with { Message = value },
                "--messages" or "--within" or "--message" => throw new FormatException($"{words[i]} is '{value}', which it cannot be."),
                _ => throw new FormatException($"'{words[i]}' is not an option."),
            };
        }

        return order;
    }

    /// <summary>The message with this id.</summary>
    public byte[] MessageOf(string id)
    {
        JsonObject message = JsonNode.Parse(Message)!.AsObject();
        message["id"] = id;
        return JsonSerializer.SerializeToUtf8Bytes(message);
    }

    private static bool IsObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
