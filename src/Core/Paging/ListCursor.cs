using System.Text;
using System.Text.Json;

namespace Courier.Paging;

/// <summary>A page's <c>next_cursor</c>.</summary>
/// <param name="Text">What to ask the next page with; empty at the end of the list.</param>
/// <param name="Problem">The sentence that says why it cannot be followed; null when it can.</param>
internal readonly record struct ListCursor(string Text, string? Problem = null)
{
    public static ListCursor Read(ref Utf8JsonReader json)
    {
        ListCursor cursor = json.TokenType switch
        {
            JsonTokenType.String => OfString(ref json),
            JsonTokenType.Number => OfNumber(ref json),
            JsonTokenType.Null or JsonTokenType.False => new ListCursor(""),
            JsonTokenType.True => Unfit("true"),
            JsonTokenType.StartObject => Unfit("an object"),
            _ => Unfit("an array"),
        };
        json.Skip();
        return cursor;
    }

    private static ListCursor OfString(ref Utf8JsonReader json)
    {
        try
        {
            return new ListCursor(json.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return new ListCursor("", "The page's `next_cursor` cannot be read: there is half of a surrogate pair.");
        }
    }

    /// <summary>As it is written: a number of 19 digits would not survive as a floating one.</summary>
    private static ListCursor OfNumber(ref Utf8JsonReader json)
    {
        string number = Encoding.ASCII.GetString(json.ValueSpan);
        string digits = number.Split('e', 'E')[0];
        return new ListCursor(digits.AsSpan().ContainsAnyInRange('1', '9') ? number : "");
    }

    private static ListCursor Unfit(string kind) => new("", $"The page's `next_cursor` is {kind}: only a text or a number can be asked for.");
}
