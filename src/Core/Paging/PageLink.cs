using System.Globalization;
using Courier.Answers;
using Courier.Api;

namespace Courier.Paging;

/// <summary>
/// What an answer says about the page after it: a <c>Link</c> header, else <c>next_cursor</c> in a JSON body, else its <c>page</c> of so many.
/// No list ends in silence: what may go on, and cannot be followed, is said.
/// </summary>
internal abstract record PageLink
{
    private PageLink()
    {
    }

    /// <param name="page">Where the page was asked for.</param>
    /// <param name="number">Its place in the list; the first page is 1.</param>
    public static PageLink Of(ApiResponse answer, Uri page, int number)
    {
        if (answer.Status is 204 or 205 or 304)
            return new None(); // these have no body
        string header = answer.Headers.GetValueOrDefault("link", "");
        string? reference = LinkHeader.Next(header, out ReadOnlySpan<char> rest);
        string unread = rest.ToString();
        AnswerText text = answer.Text;
        string? why = "its characters are not in its charset.";
        ListBody? list = text.InUtf8 is { } json ? ListBody.Read(json.Span, out why) : null;
        if (list is null && !IsFile(text, answer, reference))
            return new NoPage(answer.Body.IsEmpty ? "The page is empty." : answer.IsEncoded
                ? $"The page is in an encoding that cannot be undone: {answer.Headers.GetValueOrDefault("content-encoding")}."
                : $"The page is no JSON: {why}");
        if (reference is not null)
            return new To(reference);
        if (OfList(list ?? default, page, number, hasLinks: header.Length > 0) is not None and var link)
            return link;
        return header.EndsWith(ResponseHeaders.CutMark)
                ? new Unreadable(header, "The page's `Link` header is too long and was cut, so that its link to the next page may be missing.")
            : unread.Length > 0 ? new Unreadable(unread, "The page's `Link` header cannot be read, so that its link to the next page may be missing.")
            : new None();
    }

    /// <summary>A list in another format than JSON, like CSV, is known by its label, or by its link to the next page.</summary>
    private static bool IsFile(AnswerText text, ApiResponse answer, string? reference) =>
        !answer.Body.IsEmpty && (text.Claim == BodyClaim.Data ? !answer.IsEncoded || reference is not null : text.Claim == BodyClaim.Text && reference is not null);

    private static PageLink OfList(ListBody list, Uri page, int number, bool hasLinks)
    {
        if (list.Cursor is { } cursor)
            return cursor.Problem is { } problem ? new Unreadable("next_cursor", problem) : cursor.Text.Length > 0 ? new To(With(page, "cursor", cursor.Text)) : new None();
        if (list is not { Entries: { } entries, Total: { } total } || entries >= total)
            return new None();
        if (list is { Size: > 0, Page: >= 0 } numbered)
            return HasMore(numbered, number) ? new To(With(page, "page", (numbered.Page.Value + 1).ToString(CultureInfo.InvariantCulture))) : new None();
        // Whoever came here by a link, and finds none any more, is at the end.
        return number > 1 || hasLinks ? new None() : new Unreadable(
            "page", $"The page holds {entries} of {total} entries, and neither a link nor a cursor, nor `page` and `size`, says where the others are.");
    }

    /// <summary>Pages count from 1, or from 0: then each page's number is one less than its place.</summary>
    private static bool HasMore(ListBody list, int number) => (list.Page!.Value + (list.Page == number - 1 ? 1 : 0)) * (Int128)list.Size!.Value < list.Total!.Value;

    /// <summary>The page's own query with another value for a parameter.</summary>
    private static string With(Uri page, string name, string value)
    {
        IEnumerable<string> others = page.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => Uri.UnescapeDataString(parameter.Split('=')[0]) != name);
        return "?" + string.Join('&', [.. others, $"{name}={Uri.EscapeDataString(value)}"]);
    }

    /// <summary>This is the last page.</summary>
    public sealed record None : PageLink;

    /// <param name="Reference">A URI or, to be resolved against the page's own, a relative reference.</param>
    public sealed record To(string Reference) : PageLink;

    /// <summary>There may be a next page, but where cannot be read.</summary>
    public sealed record Unreadable(string Text, string Why) : PageLink;

    /// <summary>What came is no page of a list, so that it says nothing about the next one.</summary>
    public sealed record NoPage(string Why) : PageLink;
}
