using System.Buffers;
using System.Globalization;
using System.Text;

namespace Courier.Origin;

/// <summary>
/// A secret as it may stand in a text: as it is, or each of its characters by itself in one of the spellings that others write: percent-encoded,
/// as a JSON escape, as an HTML entity, in either case and several times over.
/// </summary>
internal sealed class SecretText
{
    private static readonly (byte[] Name, char Character)[] s_entities =
        [.. new[] { ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("sol", '/'), ("plus", '+'), ("equals", '='), ("bsol", '\\'), ("percnt", '%'), ("num", '#'), ("colon", ':'), ("semi", ';'), ("comma", ','), ("period", '.'), ("lowbar", '_'), ("dollar", '$'), ("excl", '!'), ("commat", '@') }
            .Select(entity => (Encoding.ASCII.GetBytes(entity.Item1 + ";"), entity.Item2))];

    /// <summary>Encoded five times over; a longer run is none.</summary>
    private const int MostBackslashes = 32;

    private const int LongestEntity = 12;

    private const int ShortestBeginning = 4;

    private readonly byte[] _text;
    private readonly SearchValues<byte> _beginnings;

    /// <param name="text">Printable ASCII.</param>
    public SecretText(string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
        _beginnings = SearchValues.Create([_text[0], (byte)'%', (byte)'\\', (byte)'&']);
    }

    /// <returns>Where the first one begins, and its length there; -1 for none.</returns>
    public (int At, int Length) Find(ReadOnlySpan<byte> text)
    {
        for (int at = 0; text[at..].IndexOfAny(_beginnings) is var next and >= 0; at++)
        {
            at += next;
            if (Length(text[at..]) is var length and > 0)
                return (at, length);
        }

        return (-1, 0);
    }

    /// <returns>How much of this text's end is the beginning of the secret, as it is; zero for less than a few characters.</returns>
    public int EndsWithBeginning(ReadOnlySpan<byte> text)
    {
        for (int length = Math.Min(_text.Length - 1, text.Length); length >= ShortestBeginning; length--)
        {
            if (text.EndsWith(_text.AsSpan(0, length)))
                return length;
        }

        return 0;
    }

    /// <summary>Zero when it is not at the beginning of this text.</summary>
    private int Length(ReadOnlySpan<byte> text) => Match(text, 0) is var end and > 0 ? end : 0;

    /// <summary>Where the rest of the secret, from that character on, ends in the text; -1 when it does not stand there.</summary>
    private int Match(ReadOnlySpan<byte> text, int character)
    {
        if (character == _text.Length)
            return 0;
        if (character > 0 && text is [0, ..])
            return Match(text[1..], character) is var wide and >= 0 ? wide + 1 : -1; // UTF-16
        if (text.IsEmpty)
            return -1;
        byte expected = _text[character];
        if (text[0] == expected && After(text, 1, character) is var plain and > 0)
            return plain;
        if (text[0] != (byte)'\\' || expected != (byte)'\\')
            return Escape(text, expected) is var length and > 0 ? After(text, length, character) : -1;
        for (int run = 2; run <= MostBackslashes && run <= text.Length && text[run - 1] == (byte)'\\'; run *= 2) // encoded once, twice …
        {
            if (After(text, run, character) is var doubled and > 0)
                return doubled;
        }

        return -1;
    }

    private int After(ReadOnlySpan<byte> text, int length, int character) => Match(text[length..], character + 1) is var rest and >= 0 ? length + rest : -1;

    /// <summary>How long the spelling of that character is with which this text begins; zero when it begins with none.</summary>
    private static int Escape(ReadOnlySpan<byte> text, byte expected) => text[0] switch
    {
        (byte)'%' => Percent(text, expected),
        (byte)'\\' => Backslash(text, expected),
        (byte)'&' => Entity(text, expected),
        _ => 0,
    };

    private static int Percent(ReadOnlySpan<byte> text, byte expected)
    {
        int at = 1;
        while (text[at..].StartsWith("25"u8))
            at += 2; // %2541 is %41, encoded once more
        if (at + 2 <= text.Length && Hex(text.Slice(at, 2)) == expected)
            return at + 2;
        return expected == '%' && at > 1 ? at : 0;
    }

    /// <summary>Any number of backslashes: JSON within JSON doubles them.</summary>
    private static int Backslash(ReadOnlySpan<byte> text, byte expected)
    {
        int at = text[..Math.Min(text.Length, MostBackslashes)].IndexOfAnyExcept((byte)'\\');
        if (at < 0)
            return 0;
        if (at + 5 <= text.Length && text[at] is (byte)'u' or (byte)'U' && Hex(text.Slice(at + 1, 4)) == expected)
            return at + 5;
        return text[at] == expected && expected is (byte)'/' or (byte)'"' or (byte)'\'' or (byte)'&' or (byte)'<' or (byte)'>' ? at + 1 : 0;
    }

    private static int Entity(ReadOnlySpan<byte> text, byte expected)
    {
        int at = 1;
        while (text[at..].StartsWith("amp;"u8) && text[(at + 4)..] is [(byte)'#' or (>= (byte)'a' and <= (byte)'z'), ..])
            at += 4; // &amp;#65; is &#65;, encoded once more
        ReadOnlySpan<byte> rest = text[at..];
        if (rest is [(byte)'#', ..] && rest[..Math.Min(rest.Length, LongestEntity)].IndexOf((byte)';') is var end and > 1)
        {
            bool isHex = rest[1] is (byte)'x' or (byte)'X';
            bool isNumber = int.TryParse(rest[(isHex ? 2 : 1)..end], isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            return isNumber && number == expected ? at + end + 1 : 0;
        }

        foreach ((byte[] name, char character) in s_entities)
        {
            if (character == expected && rest.StartsWith(name))
                return at + name.Length;
        }

        return expected == '&' && at > 1 ? at : 0;
    }

    private static int Hex(ReadOnlySpan<byte> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) ? value : -1;
}
