using System.Text.Json;
using Courier.Api;

namespace Courier.Paging;

/// <summary>What an answer says about the page after it: a <c>Link</c> header, else <c>next_cursor</c> in a JSON body.</summary>
internal abstract record PageLink
{
    private PageLink()
    {
    }

    private static readonly JsonReaderOptions s_json = new() { MaxDepth = int.MaxValue }; // a reader that skips needs no stack

    public static PageLink Of(ApiResponse answer, Uri page)
    {
        string header = answer.Headers.GetValueOrDefault("link", "");
        if (LinkHeader.Next(header, out ReadOnlySpan<char> rest) is { } reference)
            return new To(reference);
        if (OfCursor(answer.Body.Span, page) is not None and var link)
            return link;
        return header.EndsWith(ResponseHeaders.CutMark)
                ? new Unreadable(header, "The page's `Link` header is too long and was cut, so that its link to the next page may be missing.")
            : !rest.IsEmpty ? new Unreadable(rest.ToString(), "The page's `Link` header cannot be read, so that its link to the next page may be missing.")
            : new None();
    }

    private static PageLink OfCursor(ReadOnlySpan<byte> body, Uri page)
    {
        try
        {
            return Cursor(body.StartsWith("\uFEFF"u8) ? body[3..] : body) is { Length: > 0 } cursor ? new To(With(page, cursor)) : new None();
        }
        catch (JsonException)
        {
            return new None(); // no JSON, or not to its end
        }
        catch (InvalidOperationException)
        {
            return new Unreadable("next_cursor", "The page's `next_cursor` cannot be read: there is half of a surrogate pair.");
        }
    }

    private static string? Cursor(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader json = new(body, s_json);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isCursor = json.ValueTextEquals("next_cursor");
            json.Read();
            if (isCursor)
                return json.TokenType == JsonTokenType.String ? json.GetString() : null;
            json.Skip();
        }

        return null;
    }

    /// <summary>The page's own query with another cursor.</summary>
    private static string With(Uri page, string cursor)
    {
        IEnumerable<string> others = page.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => Uri.UnescapeDataString(parameter.Split('=')[0]) != "cursor");
        return "?" + string.Join('&', [.. others, $"cursor={Uri.EscapeDataString(cursor)}"]);
    }

    /// <summary>This is the last page.</summary>
    public sealed record None : PageLink;

    /// <param name="Reference">A URI or, to be resolved against the page's own, a relative reference.</param>
    public sealed record To(string Reference) : PageLink;

    /// <summary>There may be a next page, but where cannot be read.</summary>
    public sealed record Unreadable(string Text, string Why) : PageLink;
}
