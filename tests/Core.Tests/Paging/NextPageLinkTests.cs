using Courier.Api;
using Courier.Messages;
using Courier.Paging;

namespace Courier.Tests.Paging;

/// <summary>Where an answer leads: the <c>Link</c> header (RFC 8288), else <c>next_cursor</c>.</summary>
public sealed class NextPageLinkTests
{
    private const string CannotBeRead = "The page's `Link` header cannot be read, so that its link to the next page may be missing.";

    [Theory]
    [InlineData("<https://api.test/v1/list?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("<https://api.test/v1/list?page=2>;rel=next", "/list?page=2")]
    [InlineData("<https://api.test/v1/list?page=2> ; REL = NEXT ", "/list?page=2")]
    [InlineData("</v1/list?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("<?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("<next/2>; rel=\"next\"", "/next/2")]
    [InlineData("<../v1/other>; rel=\"next\"", "/other")]
    [InlineData("<//api.test/v1/list?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("<HTTPS://API.TEST:443/v1/list?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("<?page=2#top>; rel=\"next\"", "/list?page=2")]
    [InlineData("<?page=1>; rel=\"prev\", <?page=3>; rel=\"next\", <?page=9>; rel=\"last\"", "/list?page=3")]
    [InlineData("<?page=1>; rel=prev,<?page=3>; rel=next", "/list?page=3")]
    [InlineData("<?page=3>; rel=\"next last\"", "/list?page=3")]
    [InlineData("<?page=3>; rel=\"https://api.test/rels/page  next\"", "/list?page=3")]
    [InlineData("<?page=3>; title=\"a; b, <c>; rel=\\\"prev\\\"\"; rel=\"next\"", "/list?page=3")]
    [InlineData("<?page=3>; title*=UTF-8''n%c3%a4chste; rel=\"next\"; type=\"application/json\"", "/list?page=3")]
    [InlineData("<?a=1,2;3&page=3>; rel=\"next\"", "/list?a=1,2;3&page=3")]
    [InlineData("<?page=2>; rel=\"next\", <?page=3>; rel=\"next\"", "/list?page=2")]
    [InlineData(" , ,<?page=2>; rel=\"next\",, ", "/list?page=2")]
    [InlineData("<?page=2>; crossorigin; rel=\"next\"", "/list?page=2")]
    [InlineData("<?page=2>; rel='next'", "/list?page=2")]
    [InlineData("<?page=2>; rel='last next'; title='a;b', <?page=9>; rel='last'", "/list?page=2")]
    [InlineData("<?page=2>; Rel='Next'", "/list?page=2")]
    [InlineData("<?page=2>; rel='prev'", "none")]
    [InlineData("<?page=2>; rel=\"n\\ext\"", "/list?page=2")]
    [InlineData("<?page=2>; rel=\"next\", <broken", "/list?page=2")]
    [InlineData("", "none")]
    [InlineData("<?page=1>; rel=\"prev\"", "none")]
    [InlineData("<?page=2>", "none")]
    [InlineData("<?page=2>; rel", "none")]
    [InlineData("<?page=2>; rel=\"\"", "none")]
    [InlineData("<?page=2>; rev=\"next\"", "none")]
    [InlineData("<?page=2>; rel=\"nextish\"", "none")]
    [InlineData("<?page=2>; rel=\"prev\"; rel=\"next\"", "none")]
    [InlineData("<?page=2>; rel=\"next\"; anchor=\"/other\"", "none")]
    [InlineData("https://api.test/v1/list?page=2; rel=\"next\"", CannotBeRead)]
    [InlineData("<https://api.test/v1/list?page=2; rel=\"next\"", CannotBeRead)]
    [InlineData("<?page=2>; rel=\"next", CannotBeRead)]
    [InlineData("<?page=2>; rel=\"next\\", CannotBeRead)]
    [InlineData("<?page=2> rel=\"next\"", CannotBeRead)]
    [InlineData("<?page=2>; rel=\"next\" x", CannotBeRead)]
    [InlineData("<?page=1>; rel=\"prev\", ?page=3; rel=next", CannotBeRead)]
    public void Link_header_leads_to(string header, string expected) =>
        Assert.Equal(expected, TestPages.Outcome(TestPages.Next(TestPages.First(), TestPages.Answer(header))));

    [Theory]
    [InlineData("/list", """{"next_cursor":"abc"}""", "/list?cursor=abc")]
    [InlineData("/list?size=2", """{"entries":[{"next_cursor":"no"}],"next_cursor":"abc"}""", "/list?size=2&cursor=abc")]
    [InlineData("/list?cursor=abc&size=2", """{"next_cursor":"def"}""", "/list?size=2&cursor=def")]
    [InlineData("/list?%63ursor=abc&cursor=b&cursors=1", """{"next_cursor":"def"}""", "/list?cursors=1&cursor=def")]
    [InlineData("/list", """{"next_cursor":"a+b/c=&d é"}""", "/list?cursor=a%2Bb%2Fc%3D%26d%20%C3%A9")]
    [InlineData("/list", "\uFEFF{\"next_c\\u0075rsor\":\"\\u0061\"}", "/list?cursor=a")]
    [InlineData("/list", """{"next_cursor":"abc","more":""", "no page")]
    [InlineData("/list", """{"next_cursor":"../../../evil"}""", "/list?cursor=..%2F..%2F..%2Fevil")]
    [InlineData("/list", """{"next_cursor":""}""", "none")]
    [InlineData("/list", """{"next_cursor":null}""", "none")]
    [InlineData("/list", """{"next_cursor":7}""", "/list?cursor=7")]
    [InlineData("/list", """{"next_cursor":9223372036854775807}""", "/list?cursor=9223372036854775807")]
    [InlineData("/list", """{"next_cursor":-1.50e3}""", "/list?cursor=-1.50e3")]
    [InlineData("/list", """{"next_cursor":0}""", "none")]
    [InlineData("/list", """{"next_cursor":-0.0e9}""", "none")]
    [InlineData("/list", """{"next_cursor":false}""", "none")]
    [InlineData("/list", """{"next_cursor":true}""", "The page's `next_cursor` is true: only a text or a number can be asked for.")]
    [InlineData("/list", """{"next_cursor":{"after":"abc"}}""", "The page's `next_cursor` is an object: only a text or a number can be asked for.")]
    [InlineData("/list", """{"next_cursor":["abc"],"more":1}""", "The page's `next_cursor` is an array: only a text or a number can be asked for.")]
    [InlineData("/list", """{"next_cursor":"a","next_cursor":"b"}""", "/list?cursor=b")]
    [InlineData("/list", """{"page":{"next_cursor":"abc"}}""", "none")]
    [InlineData("/list", """[{"next_cursor":"abc"}]""", "none")]
    [InlineData("/list", "\"next_cursor\"", "none")]
    [InlineData("/list", "next_cursor: abc", "no page")]
    [InlineData("/list", "{\"a\":", "no page")]
    [InlineData("/list", "{} {}", "no page")]
    [InlineData("/list", "<html></html>", "no page")]
    [InlineData("/list", "NaN", "no page")]
    [InlineData("/list", "", "no page")]
    [InlineData("/list", """{"next_cursor":"\ud800"}""", "The page's `next_cursor` cannot be read: there is half of a surrogate pair.")]
    public void Cursor_leads_to(string path, string body, string expected) =>
        Assert.Equal(expected, TestPages.Outcome(TestPages.Next(TestPages.First(path), TestPages.Answer(body: body))));

    [Fact]
    public void Cursor_below_deep_nesting_is_found()
    {
        string deep = new string('[', 5000) + new string(']', 5000);

        Assert.Equal("/list?cursor=a", TestPages.Outcome(TestPages.Next(TestPages.First(), TestPages.Answer(body: $$"""{"deep":{{deep}},"next_cursor":"a"}"""))));
    }

    [Theory]
    [InlineData("<?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("<?page=1>; rel=\"prev\"", "/list?cursor=abc")]
    [InlineData("<broken", "/list?cursor=abc")]
    public void Link_header_is_preferred_to_the_cursor(string header, string expected) =>
        Assert.Equal(expected, TestPages.Outcome(TestPages.Next(TestPages.First(), TestPages.Answer(header, """{"next_cursor":"abc"}"""))));

    [Theory]
    [InlineData("/list", 1, """{"entries":[1,2],"total":5,"size":2,"page":1}""", "/list?page=2")]
    [InlineData("/list?size=2&page=2", 2, """{"entries":[1,2],"total":5,"size":2,"page":2}""", "/list?size=2&page=3")]
    [InlineData("/list?page=3", 3, """{"entries":[1],"total":5,"size":2,"page":3}""", "none")]
    [InlineData("/list", 1, """{"entries":[1,2],"total":4,"size":2,"page":0}""", "/list?page=1")] // counted from 0
    [InlineData("/list?page=1", 2, """{"entries":[1,2],"total":4,"size":2,"page":1}""", "none")]
    [InlineData("/list", 1, """{"entries":[],"total":5,"size":2,"page":1}""", "/list?page=2")] // nothing here that the key may see
    [InlineData("/list", 1, """{"entries":[1,2],"total":"5","size":"2","page":"1"}""", "/list?page=2")]
    [InlineData("/list", 1, """{"entries":[],"total":0,"size":50,"page":1}""", "none")]
    [InlineData("/list", 1, """{"entries":[1,2],"total":2}""", "none")]
    [InlineData("/list", 1, """{"entries":[1,2],"total":5,"next_cursor":null}""", "none")]
    [InlineData("/list", 1, """{"entries":{"a":1},"total":5,"size":2,"page":1}""", "none")]
    [InlineData("/list", 1, """{"entries":[1,2],"total":5}""", "The page holds 2 of 5 entries, and neither a link nor a cursor, nor `page` and `size`, says where the others are.")]
    [InlineData("/list", 1, """{"entries":[1,2],"total":5,"size":0,"page":1}""", "The page holds 2 of 5 entries, and neither a link nor a cursor, nor `page` and `size`, says where the others are.")]
    [InlineData("/list?page=4", 4, """{"entries":[],"total":5,"size":0,"page":4}""", "none")]
    public void Numbered_page_leads_to(string path, int number, string body, string expected)
    {
        Envelope page = TestPages.First(path);
        if (number > 1)
            page = page with { Request = page.Request with { Id = $"r1~{number}" }, Delivery = page.Delivery with { Page = new PageState(number, TestPages.Now, Convert.ToBase64String(new byte[8 * number])) } };

        Assert.Equal(expected, TestPages.Outcome(TestPages.Next(page, TestPages.Answer(body: body))));
    }

    [Theory]
    [InlineData("text/csv", "a;b", null, "none")]
    [InlineData("text/csv", "a;b", "<?page=2>; rel=\"next\"", "/list?page=2")]
    [InlineData("text/html", "<html></html>", null, "no page")]
    [InlineData("text/csv", "", null, "no page")]
    [InlineData("application/json", "a;b", "<?page=2>; rel=\"next\"", "no page")]
    public void List_in_another_format_is_known_by_its_label(string type, string body, string? link, string expected)
    {
        ApiResponse answer = TestPages.Answer(link, body);
        answer = answer with { Headers = answer.Headers.Append(KeyValuePair.Create("content-type", type)).ToDictionary() };

        Assert.Equal(expected, TestPages.Outcome(TestPages.Next(TestPages.First(), answer)));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public void Answer_that_has_no_body_ends_the_list(int status) =>
        Assert.Equal("none", TestPages.Outcome(TestPages.Next(TestPages.First(), TestPages.Answer(body: "") with { Status = status })));

    [Fact]
    public void Request_that_asks_for_no_pages_has_no_next_one()
    {
        NextPage next = TestPages.Next(TestPages.First(fields: "\"paginate\":false"), TestPages.Answer("<?page=2>; rel=\"next\"", """{"next_cursor":"abc"}"""));

        Assert.IsType<NextPage.None>(next);
    }

    [Theory]
    [InlineData("<https://evil.test/v1/list>")]
    [InlineData("<https://api.test.evil.test/v1/list>")]
    [InlineData("<//evil.test/v1/list>")]
    [InlineData(@"<\\evil.test\v1\list>")]
    [InlineData("<http://api.test/v1/list>")]
    [InlineData("<https://api.test:8443/v1/list>")]
    [InlineData("<https://user:password@api.test/v1/list>")]
    [InlineData("<https://api.test@evil.test/v1/list>")]
    [InlineData("<https://api.test/list>")]
    [InlineData("<https://api.test/v1>")]
    [InlineData("<https://api.test/v12/list>")]
    [InlineData("<https://api.test/v1/../v2/list>")]
    [InlineData("<https://api.test/v1/%2e%2e/v2/list>")]
    [InlineData("<../list>")]
    [InlineData("</list>")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<mailto:a@api.test>")]
    [InlineData("<file:///v1/list>")]
    public void Link_out_of_the_base_address_is_refused(string link)
    {
        NextPage.Refused refused = Assert.IsType<NextPage.Refused>(TestPages.Next(TestPages.First(), TestPages.Answer(link + "; rel=\"next\"")));

        Assert.Equal("The link to this page leads to another origin, or out of the path of Api:BaseUrl, where the API key must not travel.", refused.Why);
        Assert.Equal(link.Trim('<', '>'), refused.Link);
    }

    [Theory]
    [InlineData("<https://[/v1/list>", "is not a valid address.")]
    [InlineData("<https://api.test:99999/v1/list>", "is not a valid address.")]
    [InlineData("<?page=é>", "is not a valid address.")]
    [InlineData("<?page=\u0001>", "is not a valid address.")]
    [InlineData("</v1/%2e%2e%2fv2>", "contains a `.` or `..` segment")]
    [InlineData("</v1/a%00>", "contains an encoded control character")]
    [InlineData("</v1//evil.test/>", "begins with `//`")]
    [InlineData("</v1/[x]>", "contains the character U+005B")]
    public void Link_that_cannot_be_called_is_refused(string link, string why)
    {
        NextPage.Refused refused = Assert.IsType<NextPage.Refused>(TestPages.Next(TestPages.First(), TestPages.Answer(link + "; rel=\"next\"")));

        Assert.Contains(why, refused.Why, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Why, StringComparison.Ordinal);
        Assert.Equal("r1~2", refused.Envelope.Request.Id);
    }

    [Theory]
    [InlineData(8192, null)]
    [InlineData(8193, "The link to this page is longer than 8192 characters.")]
    public void Link_that_is_too_long_is_refused(int length, string? why)
    {
        string link = "?page=" + new string('2', length - 6);

        Assert.Equal(why ?? "/list" + link, TestPages.Outcome(TestPages.Next(TestPages.First(), TestPages.Answer($"<{link}>; rel=\"next\""))));
    }

    [Theory]
    [InlineData("https://api.test", "https://api.test/list?page=2", "/list?page=2")]
    [InlineData("https://api.test/", "https://api.test/list?page=2", "/list?page=2")]
    [InlineData("https://api.test/a/b/", "https://api.test/a/b/list?page=2", "/list?page=2")]
    [InlineData("http://127.0.0.1:5000/v1", "http://127.0.0.1:5000/v1/list?page=2", "/list?page=2")]
    public void Path_of_the_base_address_is_no_part_of_the_next_request_s(string baseUrl, string link, string path)
    {
        NextPage next = TestPages.Next(TestPages.First(baseUrl: baseUrl), TestPages.Answer($"<{link}>; rel=\"next\""), baseUrl);

        Envelope page = Assert.IsType<NextPage.Follow>(next).Envelope;
        Assert.Equal(path, page.Request.Path);
        Assert.Equal(link, page.Request.Target.AbsoluteUri);
    }
}
