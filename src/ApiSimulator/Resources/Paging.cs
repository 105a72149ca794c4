using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Courier.ApiSimulator.Http;

namespace Courier.ApiSimulator.Resources;

/// <summary>A list in pages: by <c>cursor</c> and <c>limit</c> when the call has one of them, else by <c>page</c> and <c>size</c>.</summary>
internal static class Paging
{
    private const int DefaultSize = 50;
    private const int MaxSize = 500;

    public static Answer Page<T>(Call call, ImmutableSortedSet<string> keys, Func<string, T> entry) =>
        call.Asks("cursor") || call.Asks("limit") ? ByCursor(call, keys, entry) : ByNumber(call, keys, entry);

    private static Answer ByNumber<T>(Call call, ImmutableSortedSet<string> keys, Func<string, T> entry)
    {
        int page = call.Whole("page", 1, 1, 1_000_000);
        int size = call.Whole("size", DefaultSize, 1, MaxSize);
        int start = Math.Min((page - 1) * size, keys.Count);
        Answer answer = Answer.Json(200, new { entries = Slice(keys, start, size, entry), total = keys.Count, size, page });
        return start + size < keys.Count
            ? answer.With("Link", call.NextLink("page", (page + 1).ToString(CultureInfo.InvariantCulture)))
            : answer;
    }

    private static Answer ByCursor<T>(Call call, ImmutableSortedSet<string> keys, Func<string, T> entry)
    {
        int limit = call.Whole("limit", DefaultSize, 1, MaxSize);
        int start = Start(call.Text("cursor"), keys);
        string? next_cursor = start + limit < keys.Count ? Cursor(keys[start + limit - 1]) : null;
        Answer answer = Answer.Json(200, new { entries = Slice(keys, start, limit, entry), next_cursor });
        return next_cursor is null ? answer : answer.With("Link", call.NextLink("cursor", next_cursor));
    }

    private static T[] Slice<T>(ImmutableSortedSet<string> keys, int start, int size, Func<string, T> entry)
    {
        T[] entries = new T[Math.Min(size, keys.Count - start)];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = entry(keys[start + i]);
        return entries;
    }

    // A cursor names the last entry that was seen, so that entries added or removed before it do not shift the next page.
    private static string Cursor(string lastKey) => Convert.ToBase64String(Encoding.UTF8.GetBytes(lastKey));

    private static int Start(string cursor, ImmutableSortedSet<string> keys)
    {
        if (cursor.Length == 0)
            return 0;

        byte[] lastKey = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, lastKey, out int length))
            throw new FormatException("The parameter \"cursor\" is not from this API: take it from \"next_cursor\" or the Link header.");

        int index = keys.IndexOf(Encoding.UTF8.GetString(lastKey, 0, length));
        return index < 0 ? ~index : index + 1;
    }
}
