using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Origin;

public sealed class KeyRedactionTests
{
    private const string Hard = "aB+/c\"d\\e&<'=9";

    private static readonly Dictionary<string, string> s_spellings = new()
    {
        ["plain"] = Hard,
        ["JSON of .NET"] = JsonSerializer.Serialize(Hard)[1..^1],
        ["JSON that escapes little"] = Relaxed(Hard),
        ["JSON that escapes slashes"] = Relaxed(Hard).Replace("/", "\\/", StringComparison.Ordinal),
        ["percent-encoded"] = Uri.EscapeDataString(Hard),
        ["JSON of .NET within JSON"] = Relaxed(JsonSerializer.Serialize(Hard)[1..^1]),
        ["JSON that escapes little within JSON"] = Relaxed(Relaxed(Hard)),
        ["JSON that escapes slashes within JSON"] = Relaxed(Relaxed(Hard).Replace("/", "\\/", StringComparison.Ordinal)),
    };

    public static TheoryData<string> Spellings => [.. s_spellings.Keys];

    [Theory]
    [InlineData("before KEY after", "before [redacted] after")]
    [InlineData("KEY", "[redacted]")]
    [InlineData("KEYKEY", "[redacted][redacted]")]
    [InlineData("nothing here", "nothing here")]
    [InlineData("", "")]
    public void Key_is_replaced_wherever_it_stands(string text, string expected)
    {
        KeyRedaction redaction = CreateRedaction("0123456789abcdef");

        ReadOnlyMemory<byte> clean = redaction.Clean(Encoding.UTF8.GetBytes(text.Replace("KEY", "0123456789abcdef", StringComparison.Ordinal)));

        Assert.Equal(expected, Encoding.UTF8.GetString(clean.Span));
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Key_is_found_in_every_spelling_in_which_it_may_come_back(string spelling)
    {
        ReadOnlyMemory<byte> clean = CreateRedaction(Hard).Clean(Encoding.UTF8.GetBytes($"[{s_spellings[spelling]}]"));

        Assert.Equal("[[redacted]]", Encoding.UTF8.GetString(clean.Span));
    }

    [Fact]
    public void Text_without_the_key_is_not_copied()
    {
        byte[] text = new byte[1000];

        Assert.True(CreateRedaction(Hard).Clean(text).Equals(text.AsMemory()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    public void Missing_or_tiny_key_spoils_no_text(string? key) =>
        Assert.Equal("a short text", Encoding.UTF8.GetString(CreateRedaction(key).Clean("a short text"u8.ToArray()).Span));

    [Theory]
    [InlineData("""{"n":99123456789,"a":[123456789,1]}""", """{"n":99123456789,"a":["[redacted]",1]}""")]
    [InlineData("""{"key 123456789":"my 123456789!","n":123456789.5}""", """{"key [redacted]":"my [redacted]!","n":123456789.5}""")]
    [InlineData("no JSON: 99123456789", "no JSON: 99[redacted]")]
    [InlineData("{\"cut\":\"123456789", "{\"cut\":\"[redacted]")]
    public void Key_of_digits_cuts_no_number_of_json(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CreateRedaction("123456789").Clean(Encoding.UTF8.GetBytes(text)).Span));

    [Fact]
    public void Key_that_could_be_a_piece_of_json_breaks_none() =>
        Assert.Equal("""{"a":[1,2,3,4],"b":"[redacted]"}""", Encoding.UTF8.GetString(CreateRedaction("1,2,3,4").Clean("""{"a":[1,2,3,4],"b":"1,2,3,4"}"""u8.ToArray()).Span));

    [Fact]
    public void Values_of_headers_of_the_settings_are_replaced_too()
    {
        ApiOptions api = new() { Key = "0123456789abcdef" };
        foreach ((string name, string value) in new[] { ("X-Tenant", "tenant-secret"), ("X-Longer", "0123456789abcdef-and-more"), ("Accept", "application/json"), ("X-Team", "red") })
            api.Headers[name] = value;

        string clean = Encoding.UTF8.GetString(new KeyRedaction(Options.Create(api)).Clean("tenant-secret, 0123456789abcdef-and-more, 0123456789abcdef, application/json, red"u8.ToArray()).Span);

        Assert.Equal("[redacted], [redacted], [redacted], application/json, red", clean);
    }

    private static string Relaxed(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    private static KeyRedaction CreateRedaction(string? key) => new(Options.Create(new ApiOptions { Key = key }));
}
