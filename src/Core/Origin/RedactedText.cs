using System.Text.Json;

namespace Courier.Origin;

/// <summary>A text without its secrets. In JSON they are replaced within strings and names, and as whole numbers: never so that it is no JSON any more.</summary>
internal static class RedactedText
{
    private static readonly JsonReaderOptions s_json = new() { MaxDepth = int.MaxValue };

    private static ReadOnlySpan<byte> Redacted => "[redacted]"u8;

    /// <param name="secrets">The longer ones first.</param>
    public static byte[] Of(ReadOnlySpan<byte> text, SecretText[] secrets) => OfJson(text, secrets) ?? OfText(text, secrets);

    private static byte[] OfText(ReadOnlySpan<byte> text, SecretText[] secrets)
    {
        byte[] clean = text.ToArray();
        foreach (SecretText secret in secrets)
            clean = Replace(clean, secret);
        return clean;
    }

    /// <summary>Null when it is no JSON.</summary>
    private static byte[]? OfJson(ReadOnlySpan<byte> text, SecretText[] secrets)
    {
        try
        {
            using MemoryStream clean = new(text.Length);
            Utf8JsonReader json = new(text, s_json);
            int copied = 0;
            while (json.Read())
            {
                int start = (int)json.TokenStartIndex, end = (int)json.BytesConsumed;
                if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && OfText(json.ValueSpan, secrets) is var inner && !inner.AsSpan().SequenceEqual(json.ValueSpan))
                {
                    clean.Write(text[copied..(start + 1)]);
                    clean.Write(IsInner(inner) ? inner : Redacted);
                    copied = start + 1 + json.ValueSpan.Length;
                }
                else if (json.TokenType == JsonTokenType.Number && IsSecret(json.ValueSpan, secrets))
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

    /// <summary>Whether it can still stand within quotation marks: a secret may have begun in the middle of an escape.</summary>
    private static bool IsInner(ReadOnlySpan<byte> text)
    {
        try
        {
            Utf8JsonReader json = new([(byte)'"', .. text, (byte)'"'], s_json);
            return json.Read() && json.BytesConsumed == text.Length + 2;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsSecret(ReadOnlySpan<byte> number, SecretText[] secrets)
    {
        foreach (SecretText secret in secrets)
        {
            if (secret.Find(number) == (0, number.Length))
                return true;
        }

        return false;
    }

    private static byte[] Replace(byte[] text, SecretText secret)
    {
        (int at, int length) = secret.Find(text);
        if (at < 0)
            return text;
        using MemoryStream clean = new(text.Length);
        ReadOnlySpan<byte> rest = text;
        for (; at >= 0; (at, length) = secret.Find(rest))
        {
            clean.Write(rest[..at]);
            clean.Write(Redacted);
            rest = rest[(at + length)..];
        }

        clean.Write(rest);
        return clean.ToArray();
    }
}
