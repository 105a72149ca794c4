using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Courier.Origin;

/// <summary>
/// Makes it impossible for a message to send the key to another host or out of the base address's path.
/// The path is held to a plain form first (what a proxy or server could read in two ways is refused),
/// then the finished address is compared with the base address once more.
/// </summary>
public static class RequestGuard
{
    public const int MaximumLength = 8 * 1024;

    private static readonly SearchValues<char> s_pathCharacters =
        SearchValues.Create("/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@%");

    private static readonly SearchValues<char> s_queryCharacters =
        SearchValues.Create("/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@%?[]|\"<>^`{}");

    /// <param name="baseUrl">A valid <c>Api:BaseUrl</c>.</param>
    /// <param name="pathAndQuery">An absolute path, a query string allowed.</param>
    public static RequestTarget Resolve(Uri baseUrl, ReadOnlySpan<char> pathAndQuery)
    {
        int mark = pathAndQuery.IndexOf('?');
        int end = mark < 0 ? pathAndQuery.Length : mark;
        if ((PathProblem(pathAndQuery[..end]) ?? QueryProblem(pathAndQuery[end..])) is { } problem)
            return new RequestTarget.Refused(problem);

        bool built = Uri.TryCreate(string.Concat(baseUrl.AbsoluteUri.AsSpan().TrimEnd('/'), pathAndQuery), UriKind.Absolute, out Uri? uri);
        return built && IsBelow(baseUrl, uri!)
            ? new RequestTarget.Allowed(uri!)
            : new RequestTarget.Refused("`path` leads away from the API's base address; write the plain path as the API's reference shows it.");
    }

    /// <summary>Same scheme, host and port, no user information, and the path stays below the base address's path.</summary>
    public static bool IsBelow(Uri baseUrl, Uri uri) =>
        uri.IsAbsoluteUri && uri.Scheme == baseUrl.Scheme && uri.Port == baseUrl.Port && uri.UserInfo.Length == 0
        && string.Equals(uri.IdnHost, baseUrl.IdnHost, StringComparison.OrdinalIgnoreCase)
        && IsBelow(Prefix(baseUrl), uri.AbsolutePath);

    private static bool IsBelow(ReadOnlySpan<char> prefix, ReadOnlySpan<char> path) =>
        path.Length > prefix.Length && path[prefix.Length] == '/' && path.StartsWith(prefix);

    private static ReadOnlySpan<char> Prefix(Uri baseUrl) => baseUrl.AbsolutePath.AsSpan().TrimEnd('/');

    private static string? PathProblem(ReadOnlySpan<char> path)
    {
        if (path.Length == 0 || path[0] != '/')
            return "`path` must be an absolute path that begins with `/`, never a URL: the host comes from Courier's settings.";
        if (path.Length > MaximumLength)
            return $"`path` is longer than {MaximumLength} characters; shorten it.";
        if (path.Contains('\\'))
            return "`path` contains a backslash; use `/`.";
        if (path.Contains('#'))
            return "`path` contains `#`; write it as %23.";
        if (path.IndexOfAnyExcept(s_pathCharacters) is var at and >= 0)
            return $"`path` contains the character U+{(int)path[at]:X4} at position {at}; percent-encode it as UTF-8.";
        if (path.StartsWith("//"))
            return DoubleSlash;
        return path.Contains('%') ? EncodingProblem(path.ToString()) : StepProblem(path);
    }

    private const string DoubleSlash = "`path` begins with `//`, which names another host; begin it with one `/`.";

    private static string? EncodingProblem(string path)
    {
        string decoded = path;
        for (int round = 0; round < 4; round++)
        {
            if (StepProblem(Fold(decoded)) is { } problem)
                return problem;
            if (!decoded.Contains('%', StringComparison.Ordinal))
                return null;
            if (Decode(decoded, isStrict: round == 0) is not { } next)
                return "`path` contains a `%` that does not begin a percent-encoded UTF-8 character; write a bare percent sign as %25.";
            if (next.Any(char.IsControl))
                return "`path` contains an encoded control character; remove it.";
            if (next == decoded)
                return null;
            decoded = next;
        }

        return "`path` is percent-encoded several times over; encode it once.";
    }

    /// <summary>Looks for steps out of the path in what some server could decode it to.</summary>
    private static string? StepProblem(ReadOnlySpan<char> path)
    {
        if (path.StartsWith("//"))
            return DoubleSlash;
        if (path.Contains('\\'))
            return "`path` contains an encoded backslash; use `/`.";
        foreach (Range segment in path.Split('/'))
        {
            // A parameter (`;x`) is cut off by some servers before the dots are read.
            ReadOnlySpan<char> name = path[segment];
            int end = name.IndexOf(';');
            if ((end < 0 ? name : name[..end]) is "." or "..")
                return "`path` contains a `.` or `..` segment; write the path that it stands for.";
        }

        return null;
    }

    private static string? QueryProblem(ReadOnlySpan<char> query)
    {
        if (query.Length > MaximumLength)
            return $"The query string in `path` is longer than {MaximumLength} characters; shorten it.";
        int at = query.IndexOfAnyExcept(s_queryCharacters);
        return at < 0 ? null : $"The query string in `path` contains the character U+{(int)query[at]:X4}; percent-encode it, or use `query`.";
    }

    /// <summary>Writes what some servers take for a dot, slash or backslash as that character.</summary>
    private static string Fold(string path) => Ascii.IsValid(path) ? path : string.Concat(path.EnumerateRunes().Select(rune => rune.Value switch
    {
        0x2024 or 0x3002 or 0xFE52 or 0xFF0E or 0xFF61 => ".",
        0x2025 or 0xFE30 => "..",
        0x2044 or 0x2215 or 0x29F8 or 0xFF0F => "/",
        0x2216 or 0x29F5 or 0xFE68 or 0xFF3C => "\\",
        _ => rune.ToString(),
    }));

    /// <param name="isStrict">
    /// True: null when an escape is broken or the bytes are not UTF-8. False: those stay as they are, as in a forgiving server,
    /// and the escapes beside them are still decoded.
    /// </param>
    private static string? Decode(string text, bool isStrict)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++, length++)
        {
            if (bytes[i] != '%')
                bytes[length] = bytes[i];
            else if (i + 2 < bytes.Length && byte.TryParse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                (bytes[length], i) = (value, i + 2);
            else if (isStrict)
                return null;
            else
                bytes[length] = (byte)'%';
        }

        return isStrict && !Utf8.IsValid(bytes.AsSpan(0, length)) ? null : Encoding.UTF8.GetString(bytes, 0, length);
    }
}
