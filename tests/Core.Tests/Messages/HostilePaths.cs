using System.Text.Json;

namespace Courier.Tests.Messages;

internal static partial class HostileMessages
{
    private const string NoUrl = "`path` must be an absolute path that begins with `/`, never a URL";
    private const string OtherHost = "begins with `//`, which names another host";
    private const string Dots = "contains a `.` or `..` segment";
    private const string Backslash = "backslash; use `/`";
    private const string Control = "contains an encoded control character; remove it";
    private const string BadEscape = "a `%` that does not begin a percent-encoded UTF-8 character";
    private const string NotAllowed = "may not be set by a message (allowed: Accept, Accepts-Version, Idempotency-Key, If-Match, If-None-Match); remove it";
    private const string Printable = "must be a string of printable ASCII characters, without line breaks";

    /// <summary>Paths that lead, or might lead, out of the API's base address.</summary>
    public static Dictionary<string, (byte[] Text, string Fragment)> Paths { get; } = new()
    {
        ["absolute URL"] = Path("https://evil.test/x", NoUrl),
        ["URL of the API itself"] = Path("https://api.test/x", NoUrl),
        ["URL with a user"] = Path("https://api.test@evil.test/", NoUrl),
        ["file"] = Path("file:///etc/passwd", NoUrl),
        ["script"] = Path("javascript:alert(1)", NoUrl),
        ["user before the host"] = Path("@evil.test/x", NoUrl),
        ["suffix of the host"] = Path(".evil.test/x", NoUrl),
        ["port of the host"] = Path(":8443/x", NoUrl),
        ["relative path"] = Path("companies/x", NoUrl),
        ["dots without a slash"] = Path("../x", NoUrl),
        ["blank before the slash"] = Path(" /x", NoUrl),
        ["empty path"] = Path("", NoUrl),
        ["query alone"] = Path("?a=1", NoUrl),
        ["backslash first"] = Path("\\\\evil.test\\x", NoUrl),
        ["two slashes"] = Path("//evil.test", OtherHost),
        ["three slashes"] = Path("///evil.test", OtherHost),
        ["two slashes and a user"] = Path("//user:pw@evil.test/", OtherHost),
        ["encoded second slash"] = Path("/%2Fevil.test", OtherHost),
        ["both slashes encoded twice"] = Path("/%252fevil.test", OtherHost),
        ["encoded full-width slash"] = Path("/%EF%BC%8Fevil.test", OtherHost),
        ["slash and backslash"] = Path("/\\evil.test", Backslash),
        ["encoded backslash"] = Path("/%5cevil.test", Backslash),
        ["backslash encoded twice"] = Path("/x/%255c..%255cy", Backslash),
        ["encoded full-width backslash"] = Path("/%EF%BC%BCevil.test", Backslash),
        ["dots"] = Path("/../x", Dots),
        ["dots at the end"] = Path("/x/..", Dots),
        ["dot"] = Path("/./x", Dots),
        ["dots before a query"] = Path("/x/..?a=1", Dots),
        ["encoded dots"] = Path("/%2e%2e/x", Dots),
        ["encoded dots and slash"] = Path("/%2E%2E%2fx", Dots),
        ["one dot encoded"] = Path("/.%2e/x", Dots),
        ["dots encoded twice"] = Path("/%252e%252e/x", Dots),
        ["dots encoded three times"] = Path("/%25252e%25252e/x", Dots),
        ["dots in encoded digits"] = Path("/%25%32%65%25%32%65/x", Dots),
        ["dots encoded twice before a bare percent sign"] = Path("/%252e%252e/%25", Dots),
        ["dots encoded twice before bytes that are not UTF-8"] = Path("/%252e%252e/%25ff", Dots),
        ["dots encoded too often to follow"] = Path("/%2525252525252e%2525252525252e/x", "encoded several times over; encode it once"),
        ["dots with a parameter"] = Path("/..;a=1/x", Dots),
        ["dots behind a parameter"] = Path("/x;a=1/../y", Dots),
        ["encoded full-width dots"] = Path("/%EF%BC%8E%EF%BC%8E/x", Dots),
        ["encoded ideographic dots"] = Path("/%E3%80%82%E3%80%82/x", Dots),
        ["encoded two-dot leader"] = Path("/%E2%80%A5/x", Dots),
        ["encoded division slash"] = Path("/x%E2%88%95..%E2%88%95y", Dots),
        ["full-width dots"] = Path("/．．/x", "contains the character U+FF0E at position 1; percent-encode it"),
        ["two-dot leader"] = Path("/‥/x", "contains the character U+2025"),
        ["overlong dots"] = Path("/%c0%ae%c0%ae/x", BadEscape),
        ["overlong slash"] = Path("/%c0%afevil.test", BadEscape),
        ["encoded surrogate"] = Path("/%ed%a0%80", BadEscape),
        ["bare percent sign"] = Path("/100%", BadEscape),
        ["escape of no number"] = Path("/%zz", BadEscape),
        ["escape of UTF-16"] = Path("/%u002e%u002e/x", BadEscape),
        ["line break"] = Path("/x\r\nHost: evil.test", "contains the character U+000D"),
        ["encoded line break"] = Path("/x%0d%0aHost:%20evil.test", Control),
        ["line break encoded twice"] = Path("/x%250d%250a", Control),
        ["NUL"] = Path("/x\0.json", "contains the character U+0000"),
        ["encoded NUL"] = Path("/x%00.json", Control),
        ["encoded DEL"] = Path("/x%7f", Control),
        ["encoded next line"] = Path("/x%c2%85", Control),
        ["fragment"] = Path("/x#y", "contains `#`; write it as %23"),
        ["space"] = Path("/a b", "contains the character U+0020"),
        ["tab"] = Path("/a\tb", "contains the character U+0009"),
        ["accent"] = Path("/zoë", "contains the character U+00EB"),
        ["path too long"] = Path("/" + new string('a', 8192), "`path` is longer than 8192 characters; shorten it"),
        ["space in the query string"] = Path("/x?a=b c", "contains the character U+0020; percent-encode it, or use `query`"),
        ["fragment in the query string"] = Path("/x?a=b#c", "contains the character U+0023"),
        ["line break in the query string"] = Path("/x?a=b\r\nHost: evil.test", "contains the character U+000D"),
        ["backslash in the query string"] = Path("/x?a=\\", "contains the character U+005C"),
        ["query string too long"] = Path("/x?" + new string('a', 8192), "The query string in `path` is longer than 8192 characters"),
    };

    /// <summary>Headers that a message may not set, or not like this.</summary>
    public static Dictionary<string, (byte[] Text, string Fragment)> Headers { get; } = new()
    {
        ["Authorization"] = Header("Authorization", "\"Token mine\"", NotAllowed),
        ["authorization in small letters"] = Header("authorization", "\"Token mine\"", NotAllowed),
        ["Proxy-Authorization"] = Header("Proxy-Authorization", "\"Basic mine\"", NotAllowed),
        ["Host"] = Header("Host", "\"evil.test\"", NotAllowed),
        ["Cookie"] = Header("Cookie", "\"a=b\"", NotAllowed),
        ["Content-Length"] = Header("Content-Length", "\"0\"", NotAllowed),
        ["Content-Type"] = Header("Content-Type", "\"text/plain\"", NotAllowed),
        ["Transfer-Encoding"] = Header("Transfer-Encoding", "\"chunked\"", NotAllowed),
        ["Connection"] = Header("Connection", "\"close, authorization\"", NotAllowed),
        ["X-Forwarded-Host"] = Header("X-Forwarded-Host", "\"evil.test\"", NotAllowed),
        ["X-HTTP-Method-Override"] = Header("X-HTTP-Method-Override", "\"DELETE\"", NotAllowed),
        ["name with a line break"] = Header("Accept\r\nHost", "\"evil.test\"", NotAllowed),
        ["name with a blank"] = Header("Accept ", "\"a\"", NotAllowed),
        ["name with a colon"] = Header("Accept:", "\"a\"", NotAllowed),
        ["no name"] = Header("", "\"a\"", NotAllowed),
        ["name in Cyrillic letters"] = Header("Аccept", "\"a\"", NotAllowed),
        ["value with a line break"] = Header("Accept", "\"a\\r\\nAuthorization: Token mine\"", "`headers.Accept` " + Printable),
        ["value with a line feed"] = Header("If-Match", "\"a\\nb\"", Printable),
        ["value with NUL"] = Header("If-Match", "\"a\\u0000b\"", Printable),
        ["value with DEL"] = Header("If-Match", "\"a\\u007fb\"", Printable),
        ["value outside ASCII"] = Header("If-Match", "\"é\"", Printable),
        ["value that folds to a line break"] = Header("If-Match", "\"a\u560A\u560Db\"", Printable),
        ["number for a value"] = Header("If-Match", "1", Printable),
        ["null for a value"] = Header("If-Match", "null", Printable),
        ["array for a value"] = Header("Accept", "[\"a\",\"b\"]", Printable),
        ["two headers, one of them not allowed"] = With("headers", """{"Accept":"a","Host":"evil.test"}""", "`headers.Host` " + NotAllowed),
    };

    public static (byte[] Text, string Fragment) Find(string kind, string name) => Kinds[kind][name];

    public static Dictionary<string, Dictionary<string, (byte[] Text, string Fragment)>> Kinds { get; } = new()
    {
        ["text"] = Texts,
        ["field"] = Fields,
        ["path"] = Paths,
        ["header"] = Headers,
    };

    private static (byte[] Text, string Fragment) Path(string path, string fragment) =>
        Text($$"""{"method":"DELETE","path":{{JsonSerializer.Serialize(path)}} }""", fragment);

    private static (byte[] Text, string Fragment) Header(string name, string json, string fragment) =>
        With("headers", $$"""{ {{JsonSerializer.Serialize(name)}}:{{json}} }""", fragment);
}
