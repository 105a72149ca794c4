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

    [Theory]
    [InlineData("X-Tenant", "tenant-secret")]
    [InlineData("X-Longer", "0123456789abcdef-and-more")]
    [InlineData("User-Agent", "acme-robot/1.0 (id 4711)")]
    [InlineData("Accept-Client", "acme-secret")]
    [InlineData("Accept", "application/json; token=a8f5f167f44f4964")]
    [InlineData("X-Pin", "20260131")]
    [InlineData("X-Id", "1.2.3.4.5.6")]
    public void Value_of_a_header_of_the_settings_is_replaced_whatever_the_header_is_called(string name, string value) =>
        Assert.Equal("it said [redacted]!", Redacted(name, value));

    [Theory]
    [InlineData("Accept", "application/json")]
    [InlineData("X-Format", "text/html, application/vnd.acme.v2+json;q=0.9, */*;q=0.1")]
    [InlineData("Accepts-Version", "2026-01-31")]
    [InlineData("X-Api-Version", "v2.10.1")]
    [InlineData("X-Team", "red")]
    public void Value_that_ordinary_answers_are_full_of_is_left(string name, string value) =>
        Assert.Equal($"it said {value}!", Redacted(name, value));

    /// <summary>Where a text is cut, its end may be the beginning of the key.</summary>
    [Theory]
    [InlineData("0123456789abcdef", "it said 0123456789abcde", "it said [redacted]")]
    [InlineData("0123456789abcdef", "it said 0123", "it said [redacted]")]
    [InlineData("0123456789abcdef", "it said 012", "it said 012")] // chance
    [InlineData("0123456789abcdef", "it said 0123 and more", "it said 0123 and more")]
    [InlineData("0123456789abcdef", "0123456789abcdef 0123456789", "[redacted] [redacted]")]
    [InlineData("0123456789abcdef", "0123", "[redacted]")]
    [InlineData("0123456789abcdef", "", "")]
    [InlineData(null, "it said 0123", "it said 0123")]
    public void Beginning_of_the_key_is_taken_for_it_where_the_rest_is_missing(string? key, string text, string expected)
    {
        KeyRedaction redaction = CreateRedaction(key);

        Assert.Equal(expected, Encoding.UTF8.GetString(redaction.Clean(Encoding.UTF8.GetBytes(text), isCut: true).Span));
        Assert.Equal(redaction.Clean(text), Encoding.UTF8.GetString(redaction.Clean(Encoding.UTF8.GetBytes(text), isCut: false).Span));
    }

    private static string Redacted(string name, string value)
    {
        ApiOptions api = new() { Key = "0123456789abcdef" };
        api.Headers[name] = value;
        return new KeyRedaction(Options.Create(api)).Clean($"it said {value}!");
    }

    private static string Relaxed(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    private static KeyRedaction CreateRedaction(string? key) => new(Options.Create(new ApiOptions { Key = key }));
}
