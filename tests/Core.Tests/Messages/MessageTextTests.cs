using System.Text;
using Courier.Messages;
using Courier.Writing;

namespace Courier.Tests.Messages;

/// <summary>The forms in which a message's text may arrive.</summary>
public sealed class MessageTextTests
{
    private const string Json = """{"id":"r1","method":"GET","path":"/companies/example.com"}""";

    private static readonly byte[] s_json = Encoding.UTF8.GetBytes(Json);
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    private static readonly Dictionary<string, byte[]> s_forms = new()
    {
        ["raw"] = s_json,
        ["raw with a byte order mark"] = [.. s_mark, .. s_json],
        ["raw in white space"] = [.. "\r\n\t  "u8, .. s_json, .. " \r\n"u8],
        ["raw with a byte order mark and white space"] = [.. s_mark, .. "\r\n"u8, .. s_json],
        ["Base64"] = Base64(s_json),
        ["Base64 in white space"] = [.. " \r\n"u8, .. Base64(s_json), .. "\r\n"u8],
        ["Base64 with a byte order mark before it"] = [.. s_mark, .. Base64(s_json)],
        ["Base64 with a byte order mark in it"] = Base64([.. s_mark, .. s_json]),
        ["Base64 with white space in it"] = Base64([.. "\r\n "u8, .. s_json, .. "\n"u8]),
        ["Base64 in lines of 76 characters"] = Encoding.ASCII.GetBytes(Convert.ToBase64String(s_json, Base64FormattingOptions.InsertLineBreaks)),
    };

    public static TheoryData<string> Forms => [.. s_forms.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_reads_as_the_same_request(string form)
    {
        Envelope envelope = TestMessages.Request(s_forms[form]);

        Assert.Equal("r1", envelope.Request.Id);
        Assert.Equal("GET", envelope.Request.Method);
        Assert.Equal("https://api.test/companies/example.com", envelope.Request.Target.AbsoluteUri);
    }

    [Fact]
    public void Text_outside_ascii_comes_through_base64_whole()
    {
        byte[] text = Encoding.UTF8.GetBytes("""{"method":"GET","path":"/x","metadata":{"name":"Zoë 漢字 😀"}}""");

        Envelope envelope = TestMessages.Request(Base64(text));

        Assert.Equal("Zoë 漢字 😀", envelope.Request.Metadata!.Value.GetProperty("name").GetString());
    }

    private static byte[] Base64(byte[] text) => Encoding.ASCII.GetBytes(Convert.ToBase64String(text));
}
