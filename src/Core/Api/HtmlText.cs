using System.Net;
using System.Text;

namespace Courier.Api;

/// <summary>What a page says to a person: its title, or all of its text. Read once from beginning to end, whatever it holds.</summary>
internal static class HtmlText
{
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    public static string Of(string html)
    {
        StringBuilder text = new();
        ReadOnlySpan<char> rest = html;
        while (rest.IndexOf('<') is var tag and >= 0)
        {
            text.Append(rest[..tag]).Append(' ');
            rest = rest[tag..];
            if (Named(rest, "title") && Title(rest) is { } title)
                return WebUtility.HtmlDecode(title);
            int end = Unseen(rest);
            rest = end < 0 ? [] : rest[end..];
        }

        return WebUtility.HtmlDecode(text.Append(rest).ToString());
    }

    /// <summary>Up to the next tag; null when there is nothing.</summary>
    private static string? Title(ReadOnlySpan<char> text)
    {
        int begin = text.IndexOf('>');
        if (begin < 0)
            return null;
        ReadOnlySpan<char> title = text[(begin + 1)..];
        int end = title.IndexOf('<');
        title = (end < 0 ? title : title[..end]).Trim();
        return title.IsEmpty ? null : title.ToString();
    }

    /// <summary>Where the tag at the beginning ends, with what it hides; -1 for nowhere.</summary>
    private static int Unseen(ReadOnlySpan<char> text)
    {
        foreach (string hidden in (ReadOnlySpan<string>)["script", "style"])
        {
            if (Named(text, hidden))
                return text.IndexOf($"</{hidden}", AnyCase) is var closing and >= 0 && text[closing..].IndexOf('>') is var end and >= 0 ? closing + end + 1 : -1;
        }

        return text.IndexOf('>') is var at and >= 0 ? at + 1 : -1;
    }

    private static bool Named(ReadOnlySpan<char> tag, string name) =>
        tag[1..].StartsWith(name, AnyCase) && (tag.Length == name.Length + 1 || !char.IsAsciiLetterOrDigit(tag[name.Length + 1]));
}
