using System.Text.Json;

namespace Courier.Origin;

/// <summary>A text without its secrets. In JSON they are replaced within strings and names, and as whole numbers: never so that it is no JSON any more.</summary>
internal static class RedactedText
{
    private static readonly JsonReaderOptions s_json = new() { MaxDepth = int.MaxValue };

    /// <param name="spellings">The longer secrets first.</param>
    public static byte[] Of(ReadOnlySpan<byte> text, byte[][] spellings) => OfJson(text, spellings) ?? OfText(text, spellings);

    private static byte[] OfText(ReadOnlySpan<byte> text, byte[][] spellings)
    {
        byte[] clean = text.ToArray();
        foreach (byte[] spelling in spellings)
            clean = Replace(clean, spelling);
        return clean;
    }

    /// <summary>Null when it is no JSON.</summary>
    private static byte[]? OfJson(ReadOnlySpan<byte> text, byte[][] spellings)
    {
        try
        {
            using MemoryStream clean = new(text.Length);
            Utf8JsonReader json = new(text, s_json);
            int copied = 0;
            while (json.Read())
            {
                int start = (int)json.TokenStartIndex, end = (int)json.BytesConsumed;
                if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && OfText(json.ValueSpan, spellings) is var inner && !inner.AsSpan().SequenceEqual(json.ValueSpan))
                {
                    clean.Write(text[copied..(start + 1)]);
                    clean.Write(inner);
                    copied = start + 1 + json.ValueSpan.Length;
                }
                else if (json.TokenType == JsonTokenType.Number && IsSecret(json.ValueSpan, spellings))
                {
                    clean.Write(text[copied..start]);
                    clean.Write("\"[redacted]\""u8);
                    copied = end;
                }
            }

            clean.Write(text[copied..]);
            return clean.ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSecret(ReadOnlySpan<byte> number, byte[][] spellings)
    {
        foreach (byte[] spelling in spellings)
        {
            if (number.SequenceEqual(spelling))
                return true;
        }

        return false;
    }

    private static byte[] Replace(byte[] text, byte[] spelling)
    {
        int at = text.AsSpan().IndexOf(spelling);
        if (at < 0)
            return text;
        using MemoryStream clean = new(text.Length);
        ReadOnlySpan<byte> rest = text;
        for (; at >= 0; at = rest.IndexOf(spelling))
        {
            clean.Write(rest[..at]);
            clean.Write("[redacted]"u8);
            rest = rest[(at + spelling.Length)..];
        }

        clean.Write(rest);
        return clean.ToArray();
    }
}
