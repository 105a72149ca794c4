using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;

namespace Courier.Origin;

/// <summary>
/// Takes the API key out of whatever is about to be written. Courier never writes it itself; this is for an API that repeats
/// it in an answer ("invalid token abc…") and a sender who put it into a message.
/// </summary>
public sealed class KeyRedaction
{
    /// <summary>A shorter key would be found in ordinary text; no real one is.</summary>
    private const int ShortestKey = 6;

    private static readonly byte[] s_replacement = "[redacted]"u8.ToArray();

    private readonly byte[][] _spellings;

    public KeyRedaction(IOptions<ApiOptions> options)
    {
        string key = options.Value.Key ?? "";
        string[] spellings =
            [key, Relaxed(key), Relaxed(key).Replace("/", "\\/", StringComparison.Ordinal), JavaScriptEncoder.Default.Encode(key), Uri.EscapeDataString(key)];
        // Each once more as it looks within a JSON string: a record holds an answer's JSON as text.
        _spellings = key.Length < ShortestKey ? [] : [.. spellings.Concat(spellings.Select(Relaxed)).Distinct().Select(Encoding.UTF8.GetBytes)];
    }

    public ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> text)
    {
        foreach (byte[] spelling in _spellings)
        {
            if (text.Span.IndexOf(spelling) >= 0)
                text = Replace(text.Span, spelling);
        }

        return text;
    }

    private static string Relaxed(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    public string Clean(string text)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text);
        ReadOnlyMemory<byte> clean = Clean(bytes);
        return clean.Equals(bytes) ? text : Encoding.UTF8.GetString(clean.Span);
    }

    private static byte[] Replace(ReadOnlySpan<byte> text, byte[] spelling)
    {
        using MemoryStream clean = new(text.Length);
        for (int at = text.IndexOf(spelling); at >= 0; at = text.IndexOf(spelling))
        {
            clean.Write(text[..at]);
            clean.Write(s_replacement);
            text = text[(at + spelling.Length)..];
        }

        clean.Write(text);
        return clean.ToArray();
    }
}
