using System.Text;

namespace Courier.Paging;

/// <summary>Reads a <c>Link</c> header (RFC 8288, appendix B.2); several headers come as one, with commas between them.</summary>
internal static class LinkHeader
{
    private const string Blanks = " \t";

    /// <param name="rest">From the first link on that cannot be read; empty when all can.</param>
    /// <returns>Where the first link with the relation <c>next</c> leads, as it is written; null when there is none.</returns>
    public static string? Next(string header, out ReadOnlySpan<char> rest)
    {
        for (rest = header.AsSpan().Trim(" \t,"); !rest.IsEmpty; rest = rest.TrimStart(" \t,"))
        {
            ReadOnlySpan<char> text = rest;
            if (Link(ref text) is not { } link)
                return null;
            rest = text;
            if (link.IsNext)
                return link.Reference;
        }

        return null;
    }

    /// <summary>Null when it cannot be read.</summary>
    private static (string Reference, bool IsNext)? Link(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOf('>');
        if (text[0] != '<' || end < 0)
            return null;
        string reference = text[1..end].Trim().ToString();
        text = text[(end + 1)..].TrimStart(Blanks);

        string? relations = null;
        bool isOfPage = true;
        while (text is [';', ..])
        {
            text = text[1..].TrimStart(Blanks);
            string name = Take(ref text, " \t=;,\"");
            if (Value(ref text) is not { } value)
                return null;
            if (name.Equals("rel", StringComparison.OrdinalIgnoreCase))
                relations ??= value; // a second one does not count
            isOfPage &= !name.Equals("anchor", StringComparison.OrdinalIgnoreCase); // then it is what follows something else
        }

        bool isNext = isOfPage && relations is not null && relations.Split([' ', '\t']).Contains("next", StringComparer.OrdinalIgnoreCase);
        return text is [] or [',', ..] ? (reference, isNext) : null;
    }

    /// <summary>Null for a quotation without an end.</summary>
    private static string? Value(ref ReadOnlySpan<char> text)
    {
        if (text is not ['=', ..])
            return "";
        text = text[1..].TrimStart(Blanks);
        if (text is ['\'', ..] && text[1..].IndexOf('\'') is var end and >= 0)
            return Single(ref text, end + 1);
        if (text is not ['"', ..])
            return Take(ref text, " \t;,\"");

        StringBuilder value = new();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                text = text[(i + 1)..].TrimStart(Blanks);
                return value.ToString();
            }

            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            value.Append(text[i]);
        }

        return null;
    }

    /// <summary>No quotation by the rules, but written by some servers.</summary>
    private static string Single(ref ReadOnlySpan<char> text, int end)
    {
        string value = text[1..end].ToString();
        text = text[(end + 1)..].TrimStart(Blanks);
        return value;
    }

    private static string Take(ref ReadOnlySpan<char> text, ReadOnlySpan<char> ends)
    {
        int end = text.IndexOfAny(ends);
        string taken = (end < 0 ? text : text[..end]).ToString();
        text = text[taken.Length..].TrimStart(Blanks);
        return taken;
    }
}
