using FsCheck;
using FsCheck.Fluent;

namespace Courier.Tests.Schemas;

/// <summary>Messages, mostly valid, out of values that a schema and a reader could take differently.</summary>
public sealed partial class RequestSchemaTests
{
    private static readonly string[] s_pieces =
    [
        "/", "/", ".", "..", "x", "Z9", "%2e", "%2E", "%2f", "%252F", "%252e", "%25", "%5c", "%255C", "%3b", ";", "?", "=", "&", "~", "-", "%20", "%C3%A4", "%00", "%250a", "%7f",
        "%", "%g", "#", "\\", " ", "ü", "\n", "[", "<", "{}", "@", ":", "!$'()*+,",
    ];

    private static readonly (string Name, string[] Valid, string[] Invalid)[] s_fields =
    [
        ("method", ["\"GET\"", "\"POST\"", "\"PUT\"", "\"PATCH\"", "\"DELETE\""], ["\"get\"", "\"HEAD\"", "null", "1", "\"GET \"", "[\"GET\"]"]),
        ("path", ["\"/x\"", "\"/a/b.c?d=e%20f&g[]=h\"", "\"/portfolios/abc%2Fdef\""], ["\"x\"", "\"//x\"", "\"\"", "null", "7", "\"/x\\n\"", "\"/a b\"", "\"https://api.test/x\""]),
        ("query", ["null", "{}", "{\"a\":1,\"b\":[true,\"c\"],\"\":\"\"}"], ["[]", "{\"a\":null}", "{\"a\":{}}", "{\"a\":[[1]]}", "\"a=1\""]),
        ("headers", ["null", "{}", "{\"Accept\":\"a\\tb\",\"if-match\":\"\"}"], ["[]", "{\"Accept\":1}", "{\"Accept\":null}", "{\"Accept\":\"a\\n\"}", "{\"Accept\":\"é\"}", "{\"\":\"a\"}", "{\"Accept \":\"a\"}"]),
        ("body", ["null", "0", "\"text\"", "[{}]", "{\"a\":{\"b\":null}}"], []),
        ("id", ["null", "\"a\"", "\"a.b_C-9\"", $"\"{new string('a', 128)}\""], ["\"\"", "\"a b\"", "\"a~2\"", "\"a\\n\"", "\"ä\"", $"\"{new string('a', 129)}\"", "1", "\"..\""]),
        ("idempotent", ["null", "true", "false"], ["\"true\"", "0"]),
        ("expiresAt", ["null", "\"2026-02-01\"", "\"2026-12-31T23:59\"", "\"2026-06-01T10:00:00+02:00\"", "\"2026-06-01T10:00:00.1234567Z\""], ["\"tomorrow\"", "\"2026-13-01\"", "\"2026-02-01T24:30:00Z\"", "\"2026-02-01 10:00\"", "1767225600", "\"2026-02-01\\n\"", "\"\""]),
        ("reply", ["null", "true", "false"], ["\"no\"", "1"]),
        ("metadata", ["null", "{}", "{\"a\":[1,null]}"], ["[]", "\"a\"", "1"]),
        ("priority", ["null", "\"normal\"", "\"high\""], ["\"urgent\"", "1", "\"High\""]),
        ("delivery", ["null", "{}"], ["\"now\"", "[]", "1"]),
        ("retries", [], ["1", "null"]),
        ("Path", [], ["\"/x\""]),
    ];

    private static Gen<string> Messages() =>
        from fields in Gen.CollectToArray(s_fields.Select(Field))
        from paginate in Gen.Frequency((6, Gen.Constant("")), (1, Gen.Elements("\"paginate\":true", "\"paginate\":false", "\"paginate\":null", "\"paginate\":1")))
        select "{" + string.Join(',', fields.Append(paginate).Where(field => field.Length > 0)) + "}";

    private static Gen<string> Field((string Name, string[] Valid, string[] Invalid) field)
    {
        bool isRequired = field.Name is "method" or "path";
        return Gen.Frequency(
        [
            (isRequired ? 1 : 20, Gen.Constant("")),
            .. field.Valid.Length > 0 ? [(isRequired ? 40 : 20, Gen.Elements(field.Valid).Select(value => $"\"{field.Name}\":{value}"))] : Array.Empty<(int, Gen<string>)>(),
            .. field.Invalid.Length > 0 ? [(1, Gen.Elements(field.Invalid).Select(value => $"\"{field.Name}\":{value}"))] : Array.Empty<(int, Gen<string>)>(),
        ]);
    }
}
