namespace Courier.Pacing;

/// <summary>What a path has in common with others of its kind: <c>/companies/example.com/factors</c> → <c>/companies/*/factors</c>.</summary>
public static class PathTemplate
{
    private const int LongestName = 24;

    public static string Of(string path)
    {
        int query = path.IndexOf('?', StringComparison.Ordinal);
        string[] segments = (query < 0 ? path : path[..query]).Split('/');
        return string.Join('/', segments.Select(segment => IsName(segment) ? segment : "*"));
    }

    /// <summary>Words name a kind of thing; what holds digits or dots, or is long, names one thing.</summary>
    private static bool IsName(string segment) =>
        segment.Length <= LongestName && segment.All(letter => char.IsAsciiLetter(letter) || letter is '-' or '_');
}
