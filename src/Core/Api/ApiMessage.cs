using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Origin;

namespace Courier.Api;

/// <summary>Finds what an error body says to a person: JSON of the usual shapes, plain text, or a gateway's HTML.</summary>
public static partial class ApiMessage
{
    private const int Longest = 1000;

    /// <summary>No error is so long; parsed, a long list of numbers would take a dozen times its length.</summary>
    private const int LongestParsed = 2 * 1024 * 1024;

    /// <summary>Null when the body says nothing.</summary>
    public static string? From(ApiResponse response, KeyRedaction redaction)
    {
        ReadOnlyMemory<byte> body = redaction.Clean(response.Text.InUtf8 ?? response.Body, response.EndsEarly); // in UTF-16 no secret was found before
        string text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 64 * 1024)]).Trim('\uFEFF', ' ', '\t', '\r', '\n', '\0');
        if (text.Length == 0)
            return null;
        string? found = text[0] is '{' or '[' or '"' ? (body.Length <= LongestParsed ? FromJson(body) : null) ?? text : text[0] == '<' ? HtmlText.Of(text) : text;
        return Tidy(found);
    }

    private static string? FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ErrorBody.Describe(JsonElement.Parse(body.Span));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // cut off, or not quite JSON: shown as text
        }
    }

    private static string? Tidy(string? text)
    {
        string tidy = Spaces().Replace(text ?? "", " ").Trim();
        return tidy.Length == 0 ? null : tidy.Length <= Longest ? tidy : tidy[..Longest] + "…";
    }

    [GeneratedRegex("[\\s\\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
