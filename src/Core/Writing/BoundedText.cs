using System.Globalization;
using System.Text;

namespace Courier.Writing;

/// <summary>Text from outside as one line of limited length, without what cannot be seen: controls, line breaks, marks that turn the direction of writing.</summary>
public static class BoundedText
{
    public static string Of(string text, int longest)
    {
        StringBuilder line = new(Math.Min(text.Length, longest));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > longest)
                return Cut(line, longest - 1);
            line.Append(IsVisible(rune) ? rune.ToString() : " "); // a blank, because without one a key in pieces would grow together
        }

        return line.ToString();
    }

    private static string Cut(StringBuilder line, int end) => line.ToString(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end) + "…";

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
