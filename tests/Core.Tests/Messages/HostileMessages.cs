using System.Text;
using System.Text.Json;

namespace Courier.Tests.Messages;

/// <summary>Messages that must never lead to a call, by what is wrong with them, each with a telling fragment of the sentence that the sender reads.</summary>
internal static partial class HostileMessages
{
    private const string Request = """{"method":"GET","path":"/x"}""";
    private const string NotJson = "not valid JSON; post one JSON object";
    private const string NotUtf8 = "neither valid UTF-8 nor the Base64 of it";
    private const string Empty = "The message is empty; post a JSON object";
    private const string LoneSurrogate = "half of a surrogate pair";
    private const string Moment = "must be an ISO 8601 date and time";

    private static readonly string s_deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));

    /// <summary>What is no JSON object at all.</summary>
    public static Dictionary<string, (byte[] Text, string Fragment)> Texts { get; } = new()
    {
        ["empty"] = Text("", Empty),
        ["white space"] = Text(" \r\n\t ", Empty),
        ["byte order mark alone"] = ([0xEF, 0xBB, 0xBF], Empty),
        ["prose"] = Text("please call /x", NotJson),
        ["XML"] = Text("<request method='GET'/>", NotJson),
        ["form"] = Text("method=GET&path=/x", NotJson),
        ["single quotes"] = Text("{'method':'GET','path':'/x'}", NotJson),
        ["trailing comma"] = Text("""{"method":"GET","path":"/x",}""", NotJson),
        ["comment"] = Text("""{"method":"GET",/* why */"path":"/x"}""", NotJson),
        ["two objects"] = Text(Request + Request, NotJson),
        ["truncated"] = Text(Request[..^3], NotJson),
        ["not a number"] = Text("""{"method":"GET","path":"/x","body":NaN}""", NotJson),
        ["leading zero"] = Text("""{"method":"GET","path":"/x","body":007}""", NotJson),
        ["bad escape"] = Text("""{"method":"GET","path":"\x41"}""", NotJson),
        ["raw line break in a string"] = Text("{\"method\":\"GET\",\"path\":\"/x\r\nHost: evil\"}", NotJson),
        ["raw NUL"] = Text("{\"method\":\"GET\",\"path\":\"/x\0\"}", NotJson),
        ["64 KiB of open brackets"] = Text(new string('[', 64 * 1024), NotJson),
        ["deep nesting"] = Text($$"""{"method":"GET","path":"/x","body":{{s_deep}} }""", NotJson),
        ["deep nesting of objects"] = Text(string.Concat(Enumerable.Repeat("{\"a\":", 5000)), NotJson),
        ["Base64 cut off within a character"] = Text(Base64(Request)[..^3], NotJson),
        ["Base64 cut off"] = Text(Base64(Request)[..^8], NotJson),
        ["Base64 twice"] = Text(Base64(Base64(Request)), NotJson),
        ["Base64 of binary"] = Text(Convert.ToBase64String([0x89, 0x50, 0x4E, 0x47, 0xFF, 0x00]), NotJson),
        ["invalid UTF-8"] = ([.. "{\"method\":\"GET\",\"path\":\"/"u8, 0xFF, .. "\"}"u8], NotUtf8),
        ["overlong UTF-8"] = ([.. "{\"method\":\"GET\",\"path\":\"/"u8, 0xC0, 0xAE, 0xC0, 0xAE, .. "/x\"}"u8], NotUtf8),
        ["surrogate in UTF-8"] = ([.. "{\"method\":\"GET\",\"path\":\"/"u8, 0xED, 0xA0, 0x80, .. "\"}"u8], NotUtf8),
        ["UTF-8 cut off"] = ([.. "{\"method\":\"GET\",\"path\":\"/\xC3"u8[..^1]], NotUtf8),
        ["Latin-1"] = (Encoding.Latin1.GetBytes("""{"method":"GET","path":"/x","metadata":{"name":"Zoë"}}"""), NotUtf8),
        ["UTF-16 with a byte order mark"] = ([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Request)], NotUtf8),
        ["UTF-16"] = (Encoding.Unicode.GetBytes(Request), NotJson),
        ["UTF-16, big-endian"] = (Encoding.BigEndianUnicode.GetBytes(Request), NotJson),
        ["lone high surrogate"] = Text("""{"method":"GET","path":"/x","metadata":{"a":"\ud800"}}""", LoneSurrogate),
        ["lone low surrogate"] = Text("""{"method":"GET","path":"/x","body":["\uDC00"]}""", LoneSurrogate),
        ["surrogates in the wrong order"] = Text("""{"method":"GET","path":"/x","body":"\udc00\ud800"}""", LoneSurrogate),
        ["lone surrogate in a name"] = Text("""{"method":"GET","path":"/x","metadata":{"\ud800":1}}""", LoneSurrogate),
        ["lone surrogate in the path"] = Text("""{"method":"GET","path":"/\ud800"}""", LoneSurrogate),
        ["array"] = Text($"[{Request}]", "JSON array; post a JSON object"),
        ["string"] = Text("\"GET /x\"", "JSON string; post a JSON object"),
        ["number"] = Text("42", "JSON number; post a JSON object"),
        ["true"] = Text("true", "JSON true; post a JSON object"),
        ["null"] = Text("null", "JSON null; post a JSON object"),
        ["same name twice"] = Text("""{"method":"GET","path":"/x","path":"//evil.test"}""", NotJson),
        ["same name twice, once escaped"] = Text("""{"method":"GET","path":"/x","p\u0061th":"//evil.test"}""", NotJson),
        ["same name twice, a lone surrogate"] = Text("""{"method":"GET","path":"/x","metadata":{"\udc00":1,"\udc00":2}}""", LoneSurrogate),
        ["same header twice"] = Text("""{"method":"GET","path":"/x","headers":{"Accept":"a","Accept":"b"}}""", NotJson),
        ["same name twice in metadata"] = Text("""{"method":"GET","path":"/x","metadata":{"a":{"b":1,"b":2}}}""", NotJson),
    };

    /// <summary>Fields with a wrong name, type or value, the path and the headers apart.</summary>
    public static Dictionary<string, (byte[] Text, string Fragment)> Fields { get; } = new()
    {
        ["unknown field"] = With("retries", "3", "`retries` is no field of a request message; remove it"),
        ["url for path"] = Text("""{"method":"GET","url":"/x"}""", "`url` is no field"),
        ["wrong capitals"] = Text("""{"Method":"GET","path":"/x"}""", "write it as `method`"),
        ["wrong capitals further in"] = With("expiresat", "\"2026-02-01T00:00:00Z\"", "write it as `expiresAt`"),
        ["prototype"] = With("__proto__", """{"method":"POST"}""", "`__proto__` is no field"),
        ["empty name"] = With("", "1", "`` is no field"),
        ["no method"] = Text("""{"path":"/x"}""", "`method` is missing; add one of GET, POST, PUT, PATCH, DELETE"),
        ["no path"] = Text("""{"method":"GET"}""", "`path` is missing; add the absolute path"),
        ["null for method"] = Text("""{"method":null,"path":"/x"}""", "`method` is missing"),
        ["null for path"] = Text("""{"method":"GET","path":null}""", "`path` is missing"),
        ["empty object"] = Text("{}", "`method` is missing"),
        ["small letters"] = Method("\"get\"", "`method` is 'get': it must be one of GET, POST, PUT, PATCH, DELETE, in capitals"),
        ["no method at all"] = Method("\"\"", "`method` is '': it must be one of"),
        ["another method"] = Method("\"CONNECT\"", "it must be one of"),
        ["HEAD"] = Method("\"HEAD\"", "it must be one of"),
        ["request line in the method"] = Method(@"""GET /admin HTTP/1.1\r\nHost: evil.test\r\n\r\n""", "it must be one of"),
        ["number for method"] = Method("1", "`method` is 1: it must be a string"),
        ["array for method"] = Method("[\"GET\"]", "it must be a string"),
        ["number for path"] = Text("""{"method":"GET","path":7}""", "`path` is 7: it must be a string"),
        ["object for path"] = Text("""{"method":"GET","path":{"a":"/x"}}""", "`path` is an object: it must be a string"),
        ["array for query"] = With("query", "[1]", "`query` is an array: it must be an object"),
        ["string for query"] = With("query", "\"a=1\"", "`query` is \"a=1\": it must be an object"),
        ["object in query"] = With("query", """{"filter":{"a":1}}""", "`query.filter` must be a string, number or boolean, or an array of these"),
        ["array in an array in query"] = With("query", """{"a":[[1]]}""", "`query.a` must be a string, number or boolean"),
        ["null in query"] = With("query", """{"a":null}""", "`query.a` must be a string, number or boolean"),
        ["query too long"] = With("query", $$"""{"a":"{{new string('a', 9000)}}"}""", "is longer than 8192 characters; shorten it"),
        ["array for headers"] = With("headers", """["Accept: a"]""", "`headers` is an array: it must be an object"),
        ["string for headers"] = With("headers", "\"Accept: a\"", "it must be an object"),
        ["string for idempotent"] = With("idempotent", "\"true\"", "`idempotent` is \"true\": it must be true or false, without quotes"),
        ["number for paginate"] = With("paginate", "1", "`paginate` is 1: it must be true or false"),
        ["string for reply"] = With("reply", "\"no\"", "`reply` is \"no\": it must be true or false"),
        ["notBefore too far ahead"] = With("notBefore", "\"2027-01-10T00:00:00Z\"", "`notBefore` is more than a year ahead"),
        ["notBefore after expiresAt"] = Text("""{"method":"GET","path":"/x","notBefore":"2026-02-02T00:00:00Z","expiresAt":"2026-02-01T00:00:00Z"}""", "`notBefore` is not before `expiresAt`"),
        ["batch of other characters"] = With("batch", "\"../x\"", "`batch` must be 1 to 128 characters"),
        ["traceparent of capitals"] = With("traceparent", "\"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01\"", "`traceparent` must be a W3C trace context"),
        ["traceparent of zeros"] = With("traceparent", "\"00-00000000000000000000000000000000-b7ad6b7169203331-01\"", "`traceparent` must be a W3C trace context"),
        ["traceparent with a line break"] = With("traceparent", "\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\\n\"", "`traceparent` must be a W3C trace context"),
        ["number for batch"] = With("batch", "7", "`batch` is 7: it must be a string"),
        ["number for expiresAt"] = With("expiresAt", "1767225600", "`expiresAt` is 1767225600: it " + Moment),
        ["day of the week for expiresAt"] = With("expiresAt", "\"tomorrow\"", Moment),
        ["local date for expiresAt"] = With("expiresAt", "\"31/12/2026\"", Moment),
        ["thirteenth month for expiresAt"] = With("expiresAt", "\"2026-13-01T00:00:00Z\"", Moment),
        ["moment before time began"] = With("expiresAt", "\"0001-01-01T00:00:00+14:00\"", Moment),
        ["string for metadata"] = With("metadata", "\"team a\"", "`metadata` is \"team a\": it must be an object"),
        ["array for metadata"] = With("metadata", "[1]", "`metadata` is an array: it must be an object"),
        ["another priority"] = With("priority", "\"urgent\"", "`priority` is 'urgent': it must be high or normal"),
        ["number for priority"] = With("priority", "1", "`priority` is 1: it must be a string"),
        ["number for id"] = With("id", "17", "`id` is 17: it must be a string"),
        ["empty id"] = With("id", "\"\"", "`id` must be 1 to 128 characters out of"),
        ["long id"] = With("id", $"\"{new string('a', 129)}\"", "`id` must be 1 to 128 characters"),
        ["path as id"] = With("id", "\"../../api-state/gate\"", "`id` must be 1 to 128 characters"),
        ["blank in the id"] = With("id", "\"a b\"", "`id` must be 1 to 128 characters"),
        ["line break in the id"] = With("id", "\"a\\n\"", "`id` must be 1 to 128 characters"),
        ["page number in the id"] = With("id", "\"a~2\"", "`id` must be 1 to 128 characters"),
        ["pages of a POST"] = Text("""{"method":"POST","path":"/x","paginate":true}""", "`paginate` is true, and `method` is POST: only the pages of a GET can be followed"),
        ["string for delivery"] = With("delivery", "\"now\"", "`delivery` is Courier's own; leave it out"),
        ["array for delivery"] = With("delivery", "[]", "`delivery` is Courier's own"),
        ["negative attempt"] = With("delivery", """{"attempt":-1}""", "`delivery.attempt` is -1: it must be a whole number, zero or more"),
        ["string for attempt"] = With("delivery", """{"attempt":"1"}""", "`delivery.attempt` is \"1\": it must be a whole number"),
        ["huge attempt"] = With("delivery", """{"attempt":1e99}""", "`delivery.attempt` is 1e99: it must be a whole number"),
        ["number for firstSeenAt"] = With("delivery", """{"firstSeenAt":5}""", "`delivery.firstSeenAt` is 5: it " + Moment),
        ["object for history"] = With("delivery", """{"history":{}}""", "it must be an array"),
        ["numbers in history"] = With("delivery", """{"history":[1]}""", "`delivery.history` must hold objects; leave `delivery` out"),
        ["wrong types in history"] = With("delivery", """{"history":[{"at":1,"outcome":2}]}""", "`delivery.history.outcome` is 2: it must be a string"),
        ["book for outcome"] = With("delivery", $$"""{"history":[{"outcome":"{{new string('x', 5000)}}"}]}""", "leave `delivery` out"),
        ["book for traceparent"] = With("delivery", $$"""{"traceparent":"{{new string('x', 5000)}}"}""", "leave `delivery` out"),
        ["book for seal"] = With("delivery", $$"""{"slot":7,"seal":"{{new string('x', 5000)}}"}""", "leave `delivery` out"),
        ["string for a page"] = With("delivery", """{"page":"2"}""", "`delivery.page` is \"2\": it must be an object"),
        ["empty page"] = With("delivery", """{"page":{}}""", "`delivery.page` is no page of Courier's; leave `delivery` out"),
        ["first page"] = Page("\"a~1\"", 1, new byte[8], "`delivery.page` is no page of Courier's"),
        ["page zero"] = Page("\"a~0\"", 0, [], "`delivery.page` is no page of Courier's"),
        ["negative page"] = Page("\"a~-2\"", -2, new byte[16], "`delivery.page.number` is -2: it must be a whole number"),
        ["page beyond the last"] = Page("\"a~1001\"", 1001, new byte[8008], "`delivery.page` is no page of Courier's"),
        ["page of the largest number"] = Page("\"a~2147483647\"", int.MaxValue, new byte[16], "`delivery.page` is no page of Courier's"),
        ["page that has seen too little"] = Page("\"a~3\"", 3, new byte[16], "`delivery.page` is no page of Courier's"),
        ["page that has seen too much"] = Page("\"a~2\"", 2, new byte[24], "`delivery.page` is no page of Courier's"),
        ["page that has seen no Base64"] = With("delivery", $$"""{"page":{"number":2,"begun":"2026-01-01T00:00:00Z","seen":"{{new string('*', 24)}}"} }""", "`delivery.page` is no page of Courier's"),
        ["page that has seen blanks"] = With("delivery", $$"""{"page":{"number":2,"begun":"2026-01-01T00:00:00Z","seen":"{{new string(' ', 24)}}"} }""", "`delivery.page` is no page of Courier's"),
        ["page that never began"] = With("delivery", $$"""{"page":{"number":2,"seen":"{{Convert.ToBase64String(new byte[16])}}"} }""", "`delivery.page` is no page of Courier's"),
        ["page without an id"] = Page("null", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["page with a first page's id"] = Page("\"a\"", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["page with another page's id"] = Page("\"a~3\"", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["page with a leading zero"] = Page("\"a~02\"", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["page of a page"] = Page("\"a~2~2\"", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["page of nothing"] = Page("\"~2\"", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["page of a long id"] = Page($"\"{new string('a', 129)}~2\"", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["page whose id is a path"] = Page("\"../a~2\"", 2, new byte[16], "`delivery.page` does not belong to this `id`"),
        ["claim check on a page's marker"] = Text("""{"delivery":{"claimCheck":"pages/a~2/1.json"}}""", "`delivery.claimCheck` is no blob name of Courier's"),
        ["claim check out of the container"] = Text("""{"delivery":{"claimCheck":"../api-state/gate"}}""", "`delivery.claimCheck` is no blob name of Courier's"),
        ["claim check on the container"] = Text("""{"delivery":{"claimCheck":".."}}""", "`delivery.claimCheck` is no blob name of Courier's"),
        ["claim check on a blob that is not there"] = Text("""{"delivery":{"claimCheck":"0198.json"}}""", "api-requests/0198.json, which no longer exists; post the request again"),
    };

    private static (byte[] Text, string Fragment) Text(string text, string fragment) => (Encoding.UTF8.GetBytes(text), fragment);

    private static (byte[] Text, string Fragment) Method(string json, string fragment) => Text($$"""{"method":{{json}},"path":"/x"}""", fragment);

    private static (byte[] Text, string Fragment) With(string field, string json, string fragment) =>
        Text($$"""{"method":"GET","path":"/x",{{JsonSerializer.Serialize(field)}}:{{json}} }""", fragment);

    private static (byte[] Text, string Fragment) Page(string id, int number, byte[] seen, string fragment) => Text(
        $$"""
        {"id":{{id}},"method":"GET","path":"/x","delivery":{"page":{"number":{{number}},"begun":"2026-01-01T00:00:00Z","seen":"{{Convert.ToBase64String(seen)}}"} } }
        """,
        fragment);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
