using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Courier.Api;

/// <summary>Finds what an error body says to a person: JSON of the usual shapes, plain text, or a gateway's HTML.</summary>
public static partial class ApiMessage
{
    private const int Longest = 1000;

    /// <summary>Null when the body says nothing.</summary>
    public static string? From(ApiResponse response)
    {
        ReadOnlyMemory<byte> body = response.Text.InUtf8 ?? response.Body;
        string text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 64 * 1024)]).Trim('\uFEFF', ' ', '\t', '\r', '\n', '\0');
        if (text.Length == 0)
            return null;
        string? found = text[0] is '{' or '[' or '"' ? FromJson(body) ?? text : text[0] == '<' ? FromHtml(text) : text;
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

    private static string FromHtml(string html)
    {
        Match title = Title().Match(html);
        return WebUtility.HtmlDecode(title.Success ? title.Groups[1].Value : Tags().Replace(html, " "));
    }

    private static string? Tidy(string? text)
    {
        string tidy = Spaces().Replace(text ?? "", " ").Trim();
        return tidy.Length == 0 ? null : tidy.Length <= Longest ? tidy : tidy[..Longest] + "…";
    }

    [GeneratedRegex("<title[^>]*>([^<]*)</title>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex("[\\s\\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
