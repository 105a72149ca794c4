using System.Text;
using Courier.Answers;

namespace Courier.Tests.Answers;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("application/json", "Json")]
    [InlineData("Application/JSON; charset=utf-8", "Json")]
    [InlineData("text/json", "Json")]
    [InlineData("text/x-json", "Json")]
    [InlineData("application/x-json", "Json")]
    [InlineData("application/problem+json", "Json")]
    [InlineData("application/json, application/json", "Json")]
    [InlineData("application/json; charset=utf-8, text/html", "Json")]
    [InlineData("application/json:charset=utf-8", "Json")]
    [InlineData("\"application/json\"", "Json")]
    [InlineData("=application/json;;", "Json")]
    [InlineData("text/plain", "Text")]
    [InlineData("text/html;charset=x", "Text")]
    [InlineData("text/csv", "Data")]
    [InlineData("application/pdf", "Data")]
    [InlineData("", "Nothing")]
    [InlineData(null, "Nothing")]
    [InlineData("json", "Nothing")]
    [InlineData(";charset=utf-8", "Nothing")]
    public void Label_says(string? contentType, string claim) => Assert.Equal(claim, AnswerText.ClaimOf(contentType).ToString());

    [Theory]
    [InlineData("utf-8", null)]
    [InlineData("utf-8", "application/json; charset=utf-8")]
    [InlineData("utf-8", "application/json; charset=UTF8")]
    [InlineData("utf-8", "application/json; charset=no-such-thing")]
    [InlineData("utf-8", "application/json; charset=utf-7")]
    [InlineData("utf-16", "application/json; charset=utf-16")]
    [InlineData("utf-16", "application/json")] // seen by its zeros
    [InlineData("utf-16BE", "application/json; charset=utf-8")]
    [InlineData("iso-8859-1", "application/json; charset=ISO-8859-1")]
    [InlineData("iso-8859-1", "application/json; charset='latin1'")]
    [InlineData("windows-1252", "application/json;charset=\"windows-1252\";v=1")]
    public void Text_is_brought_to_utf_8(string charset, string? contentType)
    {
        const string text = """{"name":"Zoë"}""";
        byte[] body = (CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset)).GetBytes(text);

        Assert.Equal(text, Read(body, contentType));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Byte_order_mark_rules_and_is_no_part_of_the_text(string charset)
    {
        Encoding encoding = Encoding.GetEncoding(charset);

        Assert.Equal("{\"a\":1}", Read([.. encoding.GetPreamble(), .. encoding.GetBytes("{\"a\":1}")], "application/json; charset=iso-8859-1"));
    }

    [Theory]
    [InlineData(null, new byte[] { (byte)'"', 0xEB, (byte)'"' })]
    [InlineData("text/plain; charset=utf-8", new byte[] { 0xFF, 0x41, 0x42, 0x43 })]
    [InlineData("application/json; charset=utf-16", new byte[] { 0x22, 0x00, 0x00, 0xD8, 0x22, 0x00 })]
    public void What_is_not_in_its_charset_is_no_text(string? contentType, byte[] body) => Assert.Null(AnswerText.Of(body, contentType).InUtf8);

    [Fact]
    public void Text_in_utf_8_is_not_copied()
    {
        ReadOnlyMemory<byte> body = "{}"u8.ToArray();

        Assert.True(body.Equals(AnswerText.Of(body, "application/json; charset=utf-8").InUtf8));
    }

    [Fact]
    public void Whatever_is_still_encoded_is_data() => Assert.Equal((BodyClaim.Data, null), Parts(AnswerText.Of("{}"u8.ToArray(), "application/json", isEncoded: true)));

    private static (BodyClaim, ReadOnlyMemory<byte>?) Parts(AnswerText text) => (text.Claim, text.InUtf8);

    private static string? Read(byte[] body, string? contentType) => AnswerText.Of(body, contentType).InUtf8 is { } text ? Encoding.UTF8.GetString(text.Span) : null;
}
