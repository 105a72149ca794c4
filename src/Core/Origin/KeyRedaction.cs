using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Courier.Origin;

/// <summary>
/// Takes the API key, and the values of <c>Api:Headers</c>, out of whatever is about to be written. Courier never writes them itself; this is
/// for an API that repeats one in an answer ("invalid token abc…") and a sender who put it into a message. JSON stays JSON.
/// </summary>
public sealed partial class KeyRedaction
{
    /// <summary>A shorter secret would be found in ordinary text; no real one is.</summary>
    private const int Shortest = 6;

    private readonly byte[][] _spellings;

    public KeyRedaction(IOptions<ApiOptions> options)
    {
        ApiOptions api = options.Value;
        string[] secrets = [api.Key ?? "", .. api.Headers.Values.Where(value => !Ordinary().IsMatch(value))];
        _spellings = [.. secrets.Where(secret => secret.Length >= Shortest).OrderByDescending(secret => secret.Length).SelectMany(Spellings).Distinct().Select(Encoding.UTF8.GetBytes)];
    }

    public ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> text)
    {
        foreach (byte[] spelling in _spellings)
        {
            if (text.Span.IndexOf(spelling) >= 0)
                return RedactedText.Of(text.Span, _spellings);
        }

        return text;
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

    private static IEnumerable<string> Spellings(string secret)
    {
        string[] spellings =
            [secret, Relaxed(secret), Relaxed(secret).Replace("/", "\\/", StringComparison.Ordinal), JavaScriptEncoder.Default.Encode(secret), Uri.EscapeDataString(secret)];
        return spellings.Concat(spellings.Select(Relaxed)); // each once more as it looks within a JSON string: a record holds an answer's JSON as text
    }

    private static string Relaxed(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    public string Clean(string text)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text);
        ReadOnlyMemory<byte> clean = Clean(bytes);
        return clean.Equals(bytes) ? text : Encoding.UTF8.GetString(clean.Span);
    }
}
