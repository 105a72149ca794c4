using System.Text.RegularExpressions;

namespace Courier.Messages;

/// <summary>Pieces of a malformed message as its dead letter repeats them: without what was given for an <c>Authorization</c> header.</summary>
internal static partial class Quotation
{
    private const int Longest = 60;

    /// <summary>The same for another header than <c>Authorization</c>.</summary>
    public static Regex CredentialsIn(string header) => new(
        Regex.Escape(header) + """["'\s:=,\[\\]{1,16}(value["'\s:=\\]{1,16})?(\\.|[^"'\\\r\n])*""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public static string Of(string text) => Credentials().Replace(text, "[removed]");

    /// <summary>For the middle of a sentence: the first words only.</summary>
    public static string Short(string text)
    {
        string clean = Of(text);
        return clean.Length > Longest ? clean[..(char.IsHighSurrogate(clean[Longest - 1]) ? Longest - 1 : Longest)] + "…" : clean;
    }

    /// <summary>The name and what follows it, up to the end of the string or line; also as <c>"name":"Authorization","value":"…"</c>.</summary>
    [GeneratedRegex("""authorization["'\s:=,\[\\]{1,16}(value["'\s:=\\]{1,16})?(\\.|[^"\\\r\n])*""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Credentials();
}
