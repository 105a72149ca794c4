using Courier.Messages;

namespace Courier.Tests.Messages;

public sealed class RequestFieldTests
{
    [Fact]
    public void Every_field_is_read()
    {
        ApiRequest request = TestMessages.Request("""
            {
              "id": "order-4711.a_B", "method": "GET", "path": "/portfolios/abc/companies/example.com?dry=1",
              "query": {"page": 2, "tag": ["a b", "ü", true], "q": "x&y=z"},
              "headers": {"Accept": "text/csv", "if-match": "\"v1\""},
              "body": {"grade": "A"}, "idempotent": false, "paginate": true, "reply": false, "priority": "high",
              "expiresAt": "2026-02-01T10:00:00+02:00", "metadata": {"team": "a"},
              "notBefore": "2026-01-15T00:00:00Z", "batch": "night-1",
              "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            }
            """).Request;

        Assert.Equal("order-4711.a_B", request.Id);
        Assert.Equal("GET", request.Method);
        Assert.Equal("/portfolios/abc/companies/example.com?dry=1", request.Path);
        Assert.Equal(
            "https://api.test/portfolios/abc/companies/example.com?dry=1&page=2&tag=a%20b&tag=%C3%BC&tag=true&q=x%26y%3Dz",
            request.Target.AbsoluteUri);
        Assert.Equal([new("Accept", "text/csv"), new("if-match", "\"v1\"")], request.Headers);
        Assert.Equal("""{"grade": "A"}""", request.Body?.GetRawText());
        Assert.False(request.Idempotent);
        Assert.True(request.Paginate);
        Assert.False(request.Reply);
        Assert.True(request.IsHighPriority);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.Zero), request.ExpiresAt);
        Assert.Equal("""{"team": "a"}""", request.Metadata?.GetRawText());
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero), request.NotBefore);
        Assert.Equal("night-1", request.Batch);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", request.Traceparent);
    }

    [Fact]
    public void Absent_fields_have_their_defaults()
    {
        ApiRequest request = TestMessages.Request("""{"method":"GET","path":"/x"}""").Request;

        Assert.Null(request.Query);
        Assert.Empty(request.Headers);
        Assert.Null(request.Body);
        Assert.Null(request.Idempotent);
        Assert.False(request.Paginate);
        Assert.True(request.Reply);
        Assert.False(request.IsHighPriority);
        Assert.Null(request.ExpiresAt);
        Assert.Null(request.Metadata);
        Assert.Null(request.NotBefore);
        Assert.Null(request.Batch);
        Assert.Equal("https://api.test/x", request.Target.AbsoluteUri);
    }

    [Fact]
    public void Null_counts_as_absent()
    {
        Envelope envelope = TestMessages.Request("""
            {"method":"GET","path":"/x","id":null,"query":null,"headers":null,"body":null,"idempotent":null,
             "paginate":null,"expiresAt":null,"reply":null,"metadata":null,"delivery":null}
            """);

        ApiRequest absent = TestMessages.Request("""{"method":"GET","path":"/x"}""").Request;
        Assert.Equal(absent with { Headers = [] }, envelope.Request with { Headers = [] });
        Assert.Equal(TestMessages.Posted, envelope.Delivery.FirstSeenAt);
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("PUT", true)]
    [InlineData("DELETE", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    public void Method_says_whether_a_call_may_be_repeated(string method, bool mayRepeat) =>
        Assert.Equal(mayRepeat, TestMessages.Request($$"""{"method":"{{method}}","path":"/x"}""").Request.MayRepeat);

    [Theory]
    [InlineData("POST", "true", true)]
    [InlineData("PATCH", "true", true)]
    [InlineData("GET", "false", false)]
    [InlineData("DELETE", "false", false)]
    [InlineData("POST", "null", false)]
    public void Sender_has_the_last_word_on_repeating(string method, string idempotent, bool mayRepeat) =>
        Assert.Equal(mayRepeat, TestMessages.Request($$"""{"method":"{{method}}","path":"/x","idempotent":{{idempotent}}}""").Request.MayRepeat);

    [Theory]
    [InlineData("1.10")]
    [InlineData("12345678901234567890")]
    [InlineData("-0.0")]
    [InlineData("1E+2")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("\"text\"")]
    [InlineData("[1.0,[],{}]")]
    [InlineData("false")]
    [InlineData("\"\"")]
    public void Body_keeps_its_exact_text(string body)
    {
        ApiRequest request = TestMessages.Request($$"""{"method":"POST","path":"/x","body":{{body}}}""").Request;

        Assert.Equal(body, request.Body?.GetRawText());
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31T12:00:00.000")]
    [InlineData("2026-01-31T14:00:00+02:00")]
    [InlineData("2026-01-31T06:30:00-05:30")]
    public void Moment_without_an_offset_is_taken_as_utc(string expiresAt)
    {
        ApiRequest request = TestMessages.Request($$"""{"method":"GET","path":"/x","expiresAt":"{{expiresAt}}"}""").Request;

        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), request.ExpiresAt);
    }

    [Theory]
    [InlineData("""{"a":[]}""", "")]
    [InlineData("""{}""", "")]
    [InlineData("""{"a":1.50,"b":false}""", "?a=1.50&b=false")]
    [InlineData("""{"a b":"c/d?e"}""", "?a%20b=c%2Fd%3Fe")]
    [InlineData("""{"a":"\r\nX: y"}""", "?a=%0D%0AX%3A%20y")]
    [InlineData("""{"a":["1","2"],"c":""}""", "?a=1&a=2&c=")]
    public void Query_is_encoded_once(string query, string expected)
    {
        ApiRequest request = TestMessages.Request($$"""{"method":"GET","path":"/x","query":{{query}}}""").Request;

        Assert.Equal("https://api.test/x" + expected, request.Target.AbsoluteUri);
    }

    [Fact]
    public void Names_may_be_spelled_with_escapes()
    {
        ApiRequest request = TestMessages.Request("""{"\u006dethod":"GET","p\u0061th":"/x"}""").Request;

        Assert.Equal(("GET", "/x"), (request.Method, request.Path));
    }
}
