using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Courier.Origin;

/// <summary>
/// Takes the API key, and the values of <c>Api:Headers</c>, out of whatever is about to be written, however they are spelt there. Courier never
/// writes them itself; this is for an API that repeats one in an answer ("invalid token abc…") and a sender who put it into a message. JSON stays JSON.
/// </summary>
public sealed partial class KeyRedaction
{
    /// <summary>A shorter secret would be found in ordinary text; no real one is.</summary>
    private const int Shortest = 6;

    /// <summary>A piece of Base64 that is shorter would be found in other Base64.</summary>
    private const int ShortestPiece = 8;

    private readonly SecretText[] _secrets;

    public KeyRedaction(IOptions<ApiOptions> options)
    {
        ApiOptions api = options.Value;
        string[] secrets = [api.Key ?? "", .. api.Headers.Values.Where(value => !Ordinary().IsMatch(value))];
        _secrets = [.. secrets.Where(secret => secret.Length >= Shortest).OrderByDescending(secret => secret.Length)
            .SelectMany(secret => Base64(secret).Prepend(secret)).Distinct().Select(spelling => new SecretText(spelling))];
    }

    /// <summary>Whether there is a secret in it.</summary>
    public bool Finds(string text) => Finds(Encoding.UTF8.GetBytes(text));

    public ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> text) => Finds(text.Span) ? RedactedText.Of(text.Span, _secrets) : text;

    /// <param name="isCut">What follows is missing: what it ends with may be the beginning of a secret, and is taken for one.</param>
    public ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> text, bool isCut)
    {
        ReadOnlyMemory<byte> clean = Clean(text);
        int half = isCut ? _secrets.Select(secret => secret.EndsWithBeginning(clean.Span)).DefaultIfEmpty().Max() : 0;
        return half == 0 ? clean : (byte[])[.. clean.Span[..^half], .. "[redacted]"u8];
    }

    public string Clean(string text)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text);
        ReadOnlyMemory<byte> clean = Clean(bytes);
        return clean.Equals(bytes) ? text : Encoding.UTF8.GetString(clean.Span);
    }

    public bool Finds(ReadOnlySpan<byte> text)
    {
        foreach (SecretText secret in _secrets)
        {
            if (secret.Find(text).At >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Media types, dates and version numbers: ordinary answers are full of them, and what would be redacted is data.</summary>
    [GeneratedRegex("""
        ^\s*(?:
          (?:(?:\*|application|audio|font|image|message|model|multipart|text|video)/[\w.+*-]+ (?:\s*;\s*(?:q|v|version|charset)=[\w.-]{1,10})* \s*,?\s*)+
          | \d{4}-\d{2}(?:-\d{2})?(?:-preview)?
          | v?\d{1,4}(?:\.\d{1,4}){1,3}
        )\s*$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordinary();

    /// <summary>As it looks within the Base64 of a longer text: three ways, by where it begins, without the characters that its neighbours share.</summary>
    private static IEnumerable<string> Base64(string secret)
    {
        for (int before = 0; before < 3; before++)
        {
            byte[] text = [.. new byte[before], .. Encoding.UTF8.GetBytes(secret)];
            int from = ((before * 8) + 5) / 6, until = text.Length * 8 / 6;
            string piece = Convert.ToBase64String(text)[from..until];
            if (piece.Length < ShortestPiece)
                continue;
            yield return piece;
            yield return piece.Replace('+', '-').Replace('/', '_');
        }
    }
}
