using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Quota;

/// <summary>A stock as one number: how many, then the milliseconds since 1970 in fifteen digits.</summary>
internal sealed class StockJson : JsonConverter<Stock>
{
    private const long Shift = 1_000_000_000_000_000;
    private const int Most = 9000;

    public override Stock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        long value = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : -1;
        long milliseconds = value % Shift;
        return value > 0 && milliseconds < 200_000_000_000_000
            ? new Stock((int)(value / Shift), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
            : throw new JsonException("No stock.");
    }

    public override void Write(Utf8JsonWriter writer, Stock value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((Math.Min(value.Count, Most) * Shift) + value.TakenAt.ToUnixTimeMilliseconds());
}
