using System.Text.RegularExpressions;

namespace Courier.ApiSimulator.Faults;

/// <summary><c>"METHOD /path*"</c> or <c>"/path*"</c>; each <c>*</c> stands for any text.</summary>
internal sealed class FaultPattern
{
    private readonly Regex _regex;

    public FaultPattern(string match)
    {
        string[] words = match.Split(' ', 2);
        (string method, string path) = words is [var verb, var rest] ? (verb.ToUpperInvariant(), rest) : ("*", match);
        if (path is not ['/' or '*', ..] || path.Contains(' '))
            throw new FormatException($"\"match\" is \"{match}\"; it must read \"/path*\" or \"METHOD /path*\".");

        _regex = new($@"\A{Wild(method)} {Wild(path)}\z", RegexOptions.CultureInvariant);
    }

    public bool IsMatch(string method, string target) =>
        _regex.IsMatch($"{method} {target}") || _regex.IsMatch($"{method} {target.Split('?')[0]}");

    private static string Wild(string text) => Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal);
}
