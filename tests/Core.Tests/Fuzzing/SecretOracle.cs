using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Courier.Tests.Fuzzing;

/// <summary>
/// Finds a secret in a text as whoever reads it would: as it is, as Base64, or after undoing one kind of encoding as often as it goes. It
/// shares no code with what takes secrets out.
/// </summary>
/// <param name="rounds">How often an encoding is undone; with 1, none within JSON.</param>
internal sealed partial class SecretOracle(string[] secrets, int rounds)
{
    private const int Around = 80;

    private static readonly SearchValues<char> s_base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    private readonly (string Secret, string[] Pieces)[] _secrets = [.. secrets.Select(secret => (secret, Pieces(secret).ToArray()))];

    /// <summary>The text around a secret; null when there is none.</summary>
    public string? Find(string text)
    {
        string json = Escape().Replace(text, Unescaped); // what is written is JSON: its strings are what is read
        string inner = rounds > 1 ? json : text;
        foreach (string read in (string[])[text, json, Undone(inner, Uri.UnescapeDataString), Undone(inner, WebUtility.HtmlDecode), Undone(inner, escaped => Escape().Replace(escaped, Unescaped))])
        {
            foreach ((string secret, string[] pieces) in _secrets)
            {
                if (read.IndexOf(secret, StringComparison.Ordinal) is var at and >= 0)
                    return Cut(read, at);
                foreach (string piece in pieces)
                {
                    if (read.IndexOf(piece, StringComparison.Ordinal) is var begin and >= 0 && IsBase64Of(secret, read, begin))
                        return Cut(read, begin);
                }
            }
        }

        return null;
    }

    private static string Cut(string text, int at) => text[Math.Max(0, at - Around)..Math.Min(text.Length, at + Around)];

    /// <summary>Whether the run of Base64 around that place, decoded from wherever it may begin, holds the whole secret.</summary>
    private static bool IsBase64Of(string secret, string text, int at)
    {
        int from = text.AsSpan(0, at).LastIndexOfAnyExcept(s_base64) + 1;
        int end = text.AsSpan(at).IndexOfAnyExcept(s_base64) is var length and >= 0 ? at + length : text.Length;
        string run = text[from..end].Replace('-', '+').Replace('_', '/') + "AAA";
        for (int skipped = 0; skipped < 4; skipped++)
        {
            string quads = run[skipped..];
            if (Encoding.Latin1.GetString(Convert.FromBase64String(quads[..(quads.Length / 4 * 4)])).Contains(secret, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private string Undone(string text, Func<string, string> decode)
    {
        for (int round = 0; round < rounds && decode(text) is var next && next != text; round++)
            text = next;
        return text;
    }

    private static string Unescaped(Match escape) => escape.ValueSpan[1] == 'u'
        ? ((char)int.Parse(escape.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        : escape.Value[1..];

    /// <summary>What of Base64 depends on the secret alone, wherever it begins.</summary>
    private static IEnumerable<string> Pieces(string secret)
    {
        for (int before = 0; before < 3; before++)
        {
            string text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('u', before) + secret));
            string piece = text[(before == 0 ? 0 : 4)..((secret.Length + before) / 3 * 4)];
            yield return piece;
            if (piece.AsSpan().ContainsAny('+', '/'))
                yield return piece.Replace('+', '-').Replace('/', '_');
        }
    }

    [GeneratedRegex(@"\\(?:u[0-9a-fA-F]{4}|[""'\\/&<>])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
