using System.Text;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Paging;
using FsCheck;
using FsCheck.Fluent;

namespace Courier.Tests.Paging;

/// <summary>Whatever an API answers: no exception, and the next page is one that the queue's reader and the guard let through.</summary>
public sealed class NextPagePropertyTests
{
    private static readonly string[] s_bases = ["https://api.test", "https://api.test/v1", "https://api.test:8443/a/b/", "http://127.0.0.1:5000/v1"];

    private static readonly string[] s_link =
    [
        "<", ">", ";", ",", "\"", "\\", "=", " ", "\t", "rel", "next", "rel=next", "; rel=\"next\"", "rel=\"", "anchor", "…", "é", "\0", "\r\n", "\uD800",
        "<?page=2>; rel=\"next\"", "<https://api.test/v1/list?page=2>", "/v1/", "a", "title=\"",
    ];

    private static readonly string[] s_reference =
    [
        "/", "//", "\\", "..", "/../", "%2e", "%2f", "%5c", "%25", "%252e", "%", "?", "#", "&", "@", ":", ";", "[", "]", "https:", "http:", "mailto:", "javascript:", "api.test", "evil.test",
        ":8443", ":5000", "127.0.0.1", "v1", "a/b", "list", "page=2", "cursor=", " ", "\t", "\u00E9", "\uFF0F", "\uFF0E", "\u200B", "xn--", "user:pass@",
    ];

    private static readonly string[] s_body =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\u0000", "\"next_cursor\":", "\"next_cursor\":\"abc\"", "{\"next_cursor\":\"", "null", "1", "\"a\":1", "\uFEFF", "é", "cursor",
    ];

    [Fact]
    public void Links_of_any_form_lead_below_the_base() => Hold(Pieces(s_link).Select(link => TestPages.Answer(link)), runs: 10_000);

    [Fact]
    public void References_of_any_form_lead_below_the_base() =>
        Hold(Pieces(s_reference).Select(reference => TestPages.Answer($"<{reference}>; rel=\"next\"")), runs: 20_000);

    [Fact]
    public void References_to_the_api_lead_below_the_base() => Hold(
        from origin in Gen.Elements(s_bases)
        from reference in Pieces(s_reference)
        select TestPages.Answer($"<{origin}/{reference}>; rel=\"next\""),
        runs: 20_000);

    [Fact]
    public void Arbitrary_headers_lead_below_the_base() => Hold(ArbMap.Default.GeneratorFor<string?>().Select(link => TestPages.Answer(link ?? "")), runs: 5000);

    [Fact]
    public void Cursors_of_any_form_lead_below_the_base() => Hold(Pieces(s_body).Select(body => TestPages.Answer(body: body)), runs: 10_000);

    [Fact]
    public void Bodies_of_any_bytes_lead_below_the_base() => Hold(
        Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf().Select(bytes => TestPages.Answer() with { Body = (byte[])[.. "{\"next_cursor\":\""u8, .. bytes] }), runs: 5000);

    private static Gen<string> Pieces(string[] pieces) => Gen.Elements(pieces).ArrayOf().Select(string.Concat);

    private static void Hold(Gen<ApiResponse> answers, int runs) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(runs).WithStartSize(1).WithEndSize(20),
        Prop.ForAll(answers.ToArbitrary(), Gen.Elements(s_bases).ToArbitrary(), IsSound));

    private static bool IsSound(ApiResponse answer, string baseUrl) => TestPages.Next(TestPages.First(baseUrl: baseUrl), answer, baseUrl) switch
    {
        NextPage.None => true,
        NextPage.NoPage nothing => nothing.Why.EndsWith('.'),
        NextPage.Follow { Envelope: var page } => page.Request.Id == "r1~2" && RequestGuard.IsBelow(new Uri(baseUrl), page.Request.Target)
            && TestPages.Arrived(page, baseUrl).Request.Target == page.Request.Target,
        NextPage.Refused refused => refused.Why.EndsWith('.') && refused.Envelope.Request.Id == "r1~2"
            && Encoding.UTF8.GetString(EnvelopeWriter.Write(refused.Envelope.Request with { Path = refused.Link ?? "" }).Span).Length > 0,
        _ => false,
    };
}
