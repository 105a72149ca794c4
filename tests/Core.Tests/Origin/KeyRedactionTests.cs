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

    private static string Relaxed(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    private static KeyRedaction CreateRedaction(string? key) => new(Options.Create(new ApiOptions { Key = key }));
}
