using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Courier.Page.Tests;

/// <summary>The port is open to every site that a browser on the machine visits; the page is not.</summary>
public sealed partial class GuardTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.test")]
    [InlineData("localhost.evil.test")]
    [InlineData("127.0.0.1.evil.test")]
    [InlineData("[::1]")]
    public async Task Name_that_was_led_here_is_refused(string host)
    {
        await using Desk desk = await Desk.OpenAsync();

        HttpResponseMessage answer = await SendAsync(desk, HttpMethod.Get, "/", ("Host", $"{host}:{desk.Page.Address.Port}"));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:80")]
    public async Task Another_port_in_Host_is_refused(string host)
    {
        await using Desk desk = await Desk.OpenAsync();

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await SendAsync(desk, HttpMethod.Get, "/", ("Host", host))).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.test")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Request_from_another_site_is_refused_with_the_token_too(string header, string value)
    {
        await using Desk desk = await Desk.OpenAsync();
        string token = await TokenAsync(desk);

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(desk, HttpMethod.Get, "/api/dead-letters", (header, value))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(desk, HttpMethod.Post, "/api/pause", (header, value), ("X-Courier-Token", token))).StatusCode);
    }

    [Theory]
    [InlineData("/api/pause")]
    [InlineData("/api/resume")]
    [InlineData("/api/requests/x/cancel")]
    [InlineData("/api/dead-letters/x/mend")]
    [InlineData("/api/redrives/plan")]
    [InlineData("/api/redrives")]
    [InlineData("/api/redrives/x/resume")]
    [InlineData("/api/redrives/x/cancel")]
    public async Task Nothing_is_done_without_the_token(string path)
    {
        await using Desk desk = await Desk.OpenAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(desk, HttpMethod.Post, path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(desk, HttpMethod.Post, path, ("X-Courier-Token", "guessed"))).StatusCode);
    }

    [Fact]
    public async Task Page_itself_may_act()
    {
        await using Desk desk = await Desk.OpenAsync();

        HttpResponseMessage answer = await SendAsync(
            desk, HttpMethod.Post, "/api/pause", ("X-Courier-Token", await TokenAsync(desk)), ("Origin", desk.Page.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Page_that_only_shows_does_nothing_even_with_the_token()
    {
        await using Desk desk = await Desk.OpenAsync(isReadOnly: true);

        HttpResponseMessage answer = await SendAsync(desk, HttpMethod.Post, "/api/pause", ("X-Courier-Token", await TokenAsync(desk)));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("--read-only", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/app.js")]
    [InlineData("/api/dead-letters")]
    [InlineData("/no/such/place")]
    public async Task Every_answer_says_that_nothing_else_may_run_frame_or_keep_it(string path)
    {
        await using Desk desk = await Desk.OpenAsync();

        HttpResponseMessage answer = await SendAsync(desk, HttpMethod.Get, path);

        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<string> TokenAsync(Desk desk)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = desk.Page.Address };
        return Token().Match(await client.GetStringAsync("/", Cancelled)).Groups[1].Value;
    }

    private static async Task<HttpResponseMessage> SendAsync(Desk desk, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = desk.Page.Address };
        using HttpRequestMessage request = new(method, path);
        if (method == HttpMethod.Post)
            request.Content = JsonContent.Create(new { });
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, Cancelled);
    }

    [GeneratedRegex("""courier-token" content="([0-9a-f]+)""")]
    private static partial Regex Token();
}
