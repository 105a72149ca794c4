using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Courier.Paging;

/// <summary>What the JSON of a page says about its list: <c>next_cursor</c>, or <c>entries</c>, <c>total</c>, <c>size</c> and <c>page</c>.</summary>
/// <param name="Cursor">Null when there is none; otherwise where it leads.</param>
/// <param name="Entries">How many there are on this page.</param>
internal readonly record struct ListBody(ListCursor? Cursor, long? Entries, long? Total, long? Size, long? Page)
{
    private static readonly JsonReaderOptions s_json = new() { MaxDepth = int.MaxValue }; // a reader that skips needs no stack

    /// <param name="why">What is wrong with it, when it is no JSON.</param>
    public static ListBody? Read(ReadOnlySpan<byte> body, out string? why)
    {
        try
        {
            why = null;
            Utf8JsonReader json = new(body, s_json);
            json.Read();
            ListBody list = json.TokenType == JsonTokenType.StartObject ? ReadObject(ref json) : default;
            while (json.Read()) // to the end: half a page is none
            {
            }

            return list;
        }
        catch (JsonException e)
        {
            why = e.Message;
            return null;
        }
    }

    private static ListBody ReadObject(ref Utf8JsonReader json)
    {
        ListBody list = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            list = Property(ref json, list);
        return list;
    }

    private static ListBody Property(ref Utf8JsonReader json, ListBody list)
    {
        if (Is(ref json, "next_cursor"))
            return list with { Cursor = ListCursor.Read(ref json) };
        if (Is(ref json, "entries"))
            return list with { Entries = Count(ref json) };
        if (Is(ref json, "total"))
            return list with { Total = Whole(ref json) };
        if (Is(ref json, "size"))
            return list with { Size = Whole(ref json) };
        if (Is(ref json, "page"))
            return list with { Page = Whole(ref json) };
        json.Read();
        json.Skip();
        return list;
    }

    private static bool Is(ref Utf8JsonReader json, string name)
    {
        if (!json.ValueTextEquals(name))
            return false;
        json.Read();
        return true;
    }

    private static long? Count(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }

        long count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
            json.Skip();
        return count;
    }

    private static long? Whole(ref Utf8JsonReader json)
    {
        string? text = json.TokenType is JsonTokenType.Number or JsonTokenType.String && json.ValueSpan.Length <= 32 ? Encoding.UTF8.GetString(json.ValueSpan) : null;
        json.Skip();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number == decimal.Truncate(number) && Math.Abs(number) < 1e15m
            ? (long)number : null;
    }
}
