using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Courier.Api;
using Courier.Contracts;
using Courier.Origin;
using Courier.Tests.Processing;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Origin;

/// <summary>Secrets as others spell them, and where a cut would leave half of one.</summary>
public sealed class SecretSpellingTests
{
    private const string Secret = "sk+Live/9\"a&b<c=";

    private static readonly Dictionary<string, string> s_spellings = new()
    {
        ["percent, lower case"] = Each(c => $"%{(int)c:x2}"),
        ["percent, upper case"] = Each(c => $"%{(int)c:X2}"),
        ["percent, twice"] = Each(c => $"%25{(int)c:x2}"),
        ["percent of some"] = Uri.EscapeDataString(Secret).ToLowerInvariant().Replace("sk%2blive", "sk%2bLive", StringComparison.Ordinal),
        ["JSON escapes, lower case"] = Each(c => $"\\u{(int)c:x4}"),
        ["JSON escapes, upper case"] = Each(c => $"\\u{(int)c:X4}"),
        ["JSON escapes within JSON"] = Each(c => $"\\\\u{(int)c:x4}"),
        ["HTML"] = WebUtility.HtmlEncode(Secret),
        ["HTML, decimal"] = Each(c => $"&#{(int)c};"),
        ["HTML, hexadecimal"] = Each(c => $"&#x{(int)c:X2};"),
        ["HTML, twice"] = WebUtility.HtmlEncode(WebUtility.HtmlEncode(Secret)),
    };

    public static TheoryData<string> Spellings => [.. s_spellings.Keys];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Secret_is_found_however_it_is_spelt(string spelling) =>
        Assert.Equal("<p>[redacted]</p>", Create().Clean($"<p>{s_spellings[spelling]}</p>"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Secret_is_found_within_base64_wherever_it_begins(int before)
    {
        string text = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('u', before) + Secret + ":x"));

        Assert.Contains("[redacted]", Create().Clean(text), StringComparison.Ordinal);
        Assert.Contains("[redacted]", Create().Clean(text.Replace('+', '-').Replace('/', '_')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("%25")]
    [InlineData("&amp;")]
    [InlineData("s")]
    [InlineData("&#")]
    public void Search_is_linear(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 1_000_000));
        Stopwatch clock = Stopwatch.StartNew();

        Assert.Equal(text, Create().Clean(text));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // a square of it would be hours
    }

    [Fact]
    public void Secret_that_begins_within_an_escape_leaves_json_that_can_be_read()
    {
        string clean = new KeyRedaction(Options.Create(new ApiOptions { Key = "u0041bcdef" })).Clean("""{"a":"x\u0041bcdef"}""");

        Assert.Equal("[redacted]", JsonElement.Parse(clean).GetProperty("a").GetString());
    }

    [Fact]
    public async Task Half_of_a_key_is_left_by_no_cut_of_an_answer_s_header()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(403, "{}", "application/json", ("x-request-id", new string('a', 2040) + TestCourier.Key + "bbbb")));
        await AssertNoHalfAsync(courier, """{"id":"r1","method":"GET","path":"/x"}""");
    }

    [Fact]
    public async Task Half_of_a_key_is_left_by_no_cut_of_a_body_in_another_charset()
    {
        byte[] body = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(new string('a', (8 * 1024) - 8) + TestCourier.Key + "bbbb")).ToArray();
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(403, body, "text/plain"));
        await AssertNoHalfAsync(courier, """{"id":"r1","method":"GET","path":"/x"}""");
    }

    [Theory]
    [InlineData("method")]
    [InlineData("priority")]
    [InlineData("unknown")]
    public async Task Half_of_a_key_is_left_by_no_cut_of_a_malformed_message(string field)
    {
        await using TestCourier courier = TestCourier.Create();
        await AssertNoHalfAsync(courier, $$"""{"id":"r1","{{(field == "unknown" ? new string('u', 50) + TestCourier.Key : field)}}":"{{new string('a', 50) + TestCourier.Key}}"}""");
    }

    [Fact]
    public async Task Next_page_whose_link_holds_the_key_is_refused()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, "[]", "application/json", ("Link", $"</list?page=2&token={TestCourier.Key}>; rel=\"next\"")));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/list","paginate":true}""");

        await courier.ProcessAsync();

        Assert.Single(courier.Calls);
        Assert.Equal(["next-page-refused"], await courier.ReasonsAsync());
        Assert.DoesNotContain(TestCourier.Key, JsonSerializer.Serialize(await courier.RecordsAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<title")]
    [InlineData("<title>")]
    [InlineData("<script>")]
    [InlineData("<script></script")]
    [InlineData("<a>")]
    public void Page_of_64_kib_is_read_in_no_time(string piece)
    {
        string html = string.Concat(Enumerable.Repeat(piece, 64 * 1024 / piece.Length));
        Stopwatch clock = Stopwatch.StartNew();

        ApiMessage.From(new ApiResponse(502, new Dictionary<string, string> { ["content-type"] = "text/html" }, Encoding.UTF8.GetBytes(html)), new KeyRedaction(Options.Create(new ApiOptions { Key = TestCourier.Key })));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    public void Loopback_is_a_literal_address_or_localhost(string address) => Assert.False(Loopback.Is(new Uri(address)));

    [Theory]
    [InlineData("http://127.0.0.1:7171")]
    [InlineData("http://127.1.2.3")]
    [InlineData("http://[::1]:7171")]
    [InlineData("http://LOCALHOST")]
    public void Literal_loopback_is_known(string address) => Assert.True(Loopback.Is(new Uri(address)));

    [Fact]
    public void Proxy_of_the_environment_sees_no_plain_call()
    {
        TunnelsOnly proxy = new(new WebProxy("http://proxy.test:3128"));

        Assert.True(proxy.IsBypassed(new Uri("http://127.0.0.1:7171/x")));
        Assert.Null(proxy.GetProxy(new Uri("http://127.0.0.1:7171/x")));
        Assert.False(proxy.IsBypassed(new Uri("https://api.test/x")));
        Assert.Equal("proxy.test", proxy.GetProxy(new Uri("https://api.test/x"))!.Host);
    }

    private static async Task AssertNoHalfAsync(TestCourier courier, string message)
    {
        await courier.PostAsync(message);
        await courier.ProcessAsync();

        string written = JsonSerializer.Serialize(await courier.RecordsAsync()) + JsonSerializer.Serialize(await courier.DeadLettersAsync());
        Assert.Contains("\"r1\"", written, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCourier.Key[..6], written, StringComparison.Ordinal);
    }

    private static string Each(Func<char, FormattableString> spelling) => string.Concat(Secret.Select(c => spelling(c).ToString(CultureInfo.InvariantCulture)));

    private static KeyRedaction Create() => new(Options.Create(new ApiOptions { Key = Secret }));
}
