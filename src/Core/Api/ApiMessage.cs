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
        string text = Encoding.UTF8.GetString(response.Body.Span[..Math.Min(response.Body.Length, 64 * 1024)]).Trim('\uFEFF', ' ', '\t', '\r', '\n', '\0');
        if (text.Length == 0)
            return null;
        string? found = text[0] is '{' or '[' or '"' ? FromJson(response.Body) ?? text : text[0] == '<' ? FromHtml(text) : text;
        return Tidy(found);
    }

    private static string? FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Find(JsonElement.Parse(body.Span.StartsWith("\uFEFF"u8) ? body.Span[3..] : body.Span), depth: 0);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // cut off, or not quite JSON: shown as text
        }
    }

    private static string? Find(JsonElement element, int depth) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array when depth < 4 => Join(element.EnumerateArray().Take(5).Select(item => Find(item, depth + 1))),
        JsonValueKind.Object when depth < 4 => FindInObject(element, depth),
        _ => null,
    };

    private static string? FindInObject(JsonElement element, int depth)
    {
        foreach (string name in (ReadOnlySpan<string>)["error", "message", "errors", "error_description", "msg"])
        {
            if (element.TryGetProperty(name, out JsonElement value) && Find(value, depth + 1) is { Length: > 0 } text)
                return name == "error" && value.ValueKind == JsonValueKind.String ? Join([text, Text(element, "error_description") ?? Text(element, "message")]) : text;
        }

        return Join([Text(element, "title"), Text(element, "detail")]);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Join(IEnumerable<string?> parts)
    {
        string joined = string.Join(": ", parts.Where(part => !string.IsNullOrWhiteSpace(part)).Distinct());
        return joined.Length > 0 ? joined : null;
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
