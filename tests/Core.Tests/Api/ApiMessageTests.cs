using System.Text;
using Courier.Api;
using Courier.Contracts;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Api;

/// <summary>The error bodies seen in the wild, and what each says to a person.</summary>
public sealed class ApiMessageTests
{
    [Theory]
    [InlineData("""{"error":{"message":"Not your company","statusCode":403}}""", "Not your company")]
    [InlineData("""{"message":"Not your company"}""", "Not your company")]
    [InlineData("""{"error":"Not your company"}""", "Not your company")]
    [InlineData("""{"error":"invalid_token","error_description":"The token was revoked"}""", "invalid_token: The token was revoked")]
    [InlineData("""{"error":"Forbidden","message":"Not your company"}""", "Forbidden: Not your company")]
    [InlineData("""{"error":"Forbidden","message":"Forbidden"}""", "Forbidden")]
    [InlineData("""{"type":"about:blank","title":"Forbidden","status":403,"detail":"Not your company"}""", "Forbidden: Not your company")]
    [InlineData("""{"title":"Forbidden"}""", "Forbidden")]
    [InlineData("""{"errors":[{"message":"a is missing"},{"message":"b is too long"}]}""", "a is missing; b is too long")]
    [InlineData("""{"errors":["a","b"]}""", "a; b")]
    [InlineData("""[{"message":"a"},{"message":"b"}]""", "a; b")]
    [InlineData("""{"error":true,"message":"Not your company"}""", "Not your company")]
    [InlineData("""{"error":{"code":7},"msg":"Not your company"}""", "Not your company")]
    [InlineData("""{"error":"","message":"Not your company"}""", "Not your company")]
    [InlineData("""{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"Name":["The Name field is required."],"Size":["Too small.","No number."]}}""", "One or more validation errors occurred.: Name: The Name field is required.; Size: Too small.; No number.")]
    [InlineData("""{"errors":{"name":"is required","size":["is too small"]}}""", "name: is required; size: is too small")]
    [InlineData("""{"errors":[{"field":"name","message":"is required"},{"field":"size","message":"is too small"}]}""", "name: is required; size: is too small")]
    [InlineData("""{"message":"Validation failed","errors":[{"field":"name","code":"missing","message":"is required"}]}""", "Validation failed: name: is required")]
    [InlineData("""{"detail":[{"loc":["body","items",0,"name"],"msg":"field required","type":"missing"}]}""", "body.items.0.name: field required")]
    [InlineData("""{"errors":[{"status":"422","source":{"pointer":"/data/name"},"title":"Invalid","detail":"is required"}]}""", "/data/name: Invalid: is required")]
    [InlineData("""{"error":{"code":400,"message":"Bad input","errors":[{"domain":"global","reason":"invalid","message":"Bad input","location":"name"}]}}""", "Bad input: name: Bad input")]
    [InlineData("""{"error":{"code":3,"message":"Bad input","details":[{"@type":"BadRequest","fieldViolations":[{"field":"name","description":"is required"}]}]}}""", "Bad input: name: is required")]
    [InlineData("""{"error":{"message":"Bad input","details":"see name"}}""", "Bad input")]
    [InlineData("""{"title":"Invalid","invalid-params":[{"name":"age","reason":"must be positive"}]}""", "Invalid: age: must be positive")]
    [InlineData("""{"details":{"name":["is required"]}}""", "name: is required")]
    [InlineData("""{"error_description":"The token was revoked"}""", "The token was revoked")]
    [InlineData("""{"message":{"text":"Not your company"}}""", """{"message":{"text":"Not your company"}}""")]
    [InlineData("\"Not your company\"", "Not your company")]
    [InlineData("Not your company", "Not your company")]
    [InlineData("  Not \r\n\t your\0 company \n", "Not your company")]
    [InlineData("\uFEFFNot your company", "Not your company")]
    [InlineData("\uFEFF{\"message\":\"Not your company\"}", "Not your company")]
    [InlineData("<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body><h1>nginx</h1></body></html>", "502 Bad Gateway")]
    [InlineData("<html><style>h1{color:red}</style><h1>Not &amp; yours</h1><script>alert(1)</script></html>", "Not & yours")]
    [InlineData("""{"code":7,"cause":"no field of these"}""", """{"code":7,"cause":"no field of these"}""")]
    [InlineData("""{"message":"cut of""", """{"message":"cut of""")]
    [InlineData("""{"message":"\ud800"}""", """{"message":"\ud800"}""")]
    public void Body_says_its_message(string body, string expected) => Assert.Equal(expected, From(CreateResponse(body)));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    [InlineData("<html><body></body></html>")]
    [InlineData("\"\"")]
    public void Body_that_says_nothing_has_no_message(string body) => Assert.Null(From(CreateResponse(body)));

    [Theory]
    [InlineData("application/json; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("application/json;charset=\"windows-1252\"", "windows-1252")]
    [InlineData("application/json; charset=utf-16", "utf-16")]
    [InlineData("text/plain", "utf-16BE")]
    public void Charset_of_the_answer_is_honoured(string contentType, string charset)
    {
        byte[] body = (CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset)).GetBytes("""{"message":"Zoë is missing"}""");

        Assert.Equal("Zoë is missing", From(new ApiResponse(400, new Dictionary<string, string> { ["content-type"] = contentType }, body)));
    }

    [Fact]
    public void List_of_faults_is_bounded()
    {
        string faults = string.Join(',', Enumerable.Range(0, 5000).Select(n => $$"""{"field":"f{{n}}","message":"is wrong"}"""));

        Assert.InRange(From(CreateResponse($$"""{"errors":[{{faults}}]}"""))!.Length, 100, 1001);
    }

    [Fact]
    public void Long_message_is_cut()
    {
        string message = From(CreateResponse($$"""{"message":"{{new string('a', 5000)}}"}"""))!;

        Assert.Equal(new string('a', 1000) + "…", message);
    }

    [Fact]
    public void Message_stands_even_in_a_body_of_a_megabyte()
    {
        string body = $$"""{"trace":"{{new string('a', 1024 * 1024)}}","message":"Not your company"}""";

        Assert.Equal("Not your company", From(CreateResponse(body)));
    }

    [Fact]
    public void Binary_body_does_no_harm() => Assert.NotNull(From(new ApiResponse(500, CreateHeaders(), new byte[] { 0x1F, 0x8B, 0xFF, 0x41, 0x00 })));

    [Fact]
    public void Nesting_without_end_does_no_harm()
    {
        string body = string.Concat(Enumerable.Repeat("{\"error\":", 10_000));

        Assert.StartsWith("{\"error\":", From(CreateResponse(body)), StringComparison.Ordinal);
    }

    private static string? From(ApiResponse response) => ApiMessage.From(response, new KeyRedaction(Options.Create(new ApiOptions { Key = TestCourier.Key })));

    private static ApiResponse CreateResponse(string body) => new(403, CreateHeaders(), Encoding.UTF8.GetBytes(body));

    private static Dictionary<string, string> CreateHeaders() => new() { ["content-type"] = "text/plain" };
}
