using System.IO.Compression;
using System.Text;
using Courier.Api;
using Courier.Contracts;
using Microsoft.AspNetCore.Http;

namespace Courier.Tests.Resilience;

/// <summary>The registered client against a real server: what goes over the wire.</summary>
public sealed class ConnectionTests
{
    private const int Limit = 2048;

    public static TheoryData<string> Redirects { get; } = ["/elsewhere", "https://other.invalid/steal", "//other.invalid/steal", "?again=1"];

    [Fact]
    public async Task Request_goes_out_as_asked_with_the_key()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using LoopbackClient client = new(server.Address, ("Api:Headers:X-Client", "courier"));

        await client.CallAsync("POST", "/portfolios?name=a%20b&x=%2F", """{"text":"Grüße"}""", null, ("Accept", "text/csv"), ("Idempotency-Key", "k1"));

        SentRequest received = Assert.Single(server.Received);
        Assert.Equal(("POST", "/portfolios?name=a%20b&x=%2F"), (received.Method, received.Uri.PathAndQuery));
        Assert.Equal("""{"text":"Grüße"}""", received.Body);
        Assert.Equal($"Token {TestCourier.Key}", received.Headers["Authorization"]);
        Assert.Equal("application/json", received.Headers["Content-Type"]);
        Assert.Equal("text/csv", received.Headers["Accept"]);
        Assert.Equal(("k1", "courier"), (received.Headers["Idempotency-Key"], received.Headers["X-Client"]));
        Assert.StartsWith("Courier/", received.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "0")]
    [InlineData("PUT", "0")]
    [InlineData("PATCH", "0")]
    [InlineData("GET", null)]
    [InlineData("DELETE", "0")] // else the connection pool repeats it unseen, and its 404 would hide that the first one worked
    public async Task Request_without_a_body_has_the_length_that_its_method_wants(string method, string? length)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using LoopbackClient client = new(server.Address);

        await client.CallAsync(method);

        SentRequest received = Assert.Single(server.Received);
        Assert.Equal(length, received.Headers.GetValueOrDefault("Content-Length"));
        Assert.False(received.Headers.ContainsKey("Content-Type"));
        Assert.Equal("application/json", received.Headers["Accept"]);
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task Redirect_is_never_followed(string location)
    {
        foreach (int status in (int[])[301, 302, 303, 307, 308])
        {
            await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = location;
                return Task.CompletedTask;
            });
            using LoopbackClient client = new(server.Address);

            CallResult.Rejected result = Assert.IsType<CallResult.Rejected>(await client.CallAsync());

            Assert.Equal((status, location), (result.Answer.Status, result.Answer.Headers["location"]));
            Assert.Single(server.Received);
        }
    }

    [Fact]
    public async Task Cookie_is_neither_kept_nor_sent_nor_shown()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = "session=secret; Path=/";
            return Task.CompletedTask;
        });
        using LoopbackClient client = new(server.Address);

        CallResult result = await client.CallAsync();
        await client.CallAsync();

        Assert.Equal(2, server.Received.Count);
        Assert.All(server.Received, received => Assert.False(received.Headers.ContainsKey("Cookie")));
        Assert.DoesNotContain(result.Response!.Headers, header => header.Key.Contains("cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Compressed_answer_is_decoded(string encoding)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => SendCompressedAsync(context, encoding, """{"text":"Grüße"}"""));
        using LoopbackClient client = new(server.Address);

        CallResult.Succeeded result = Assert.IsType<CallResult.Succeeded>(await client.CallAsync());

        Assert.Equal("""{"text":"Grüße"}""", Encoding.UTF8.GetString(result.Answer.Body.Span));
        Assert.Equal("gzip, deflate", Assert.Single(server.Received).Headers["Accept-Encoding"]); // br takes as much memory as its sender says
    }

    [Theory]
    [InlineData(Limit - 1, false)]
    [InlineData(Limit, false)]
    [InlineData(Limit + 1, true)]
    [InlineData(Limit * 100, true)]
    public async Task Body_is_cut_at_its_limit(int length, bool isCut)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(new string('a', length)));
        using LoopbackClient client = new(server.Address, ("Api:MaxResponseBytes", $"{Limit}"));

        CallResult.Succeeded result = Assert.IsType<CallResult.Succeeded>(await client.CallAsync());

        Assert.Equal((isCut, Math.Min(length, Limit)), (result.Answer.IsCut, result.Answer.Body.Length));
        Assert.True(result.Answer.Body.Span.IndexOfAnyExcept((byte)'a') < 0);
    }

    [Fact]
    public async Task Limit_holds_after_decompression()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => SendCompressedAsync(context, "gzip", new string('a', 50_000_000)));
        using LoopbackClient client = new(server.Address, ("Api:MaxResponseBytes", $"{Limit}"));

        CallResult.Succeeded result = Assert.IsType<CallResult.Succeeded>(await client.CallAsync());

        Assert.Equal((true, Limit), (result.Answer.IsCut, result.Answer.Body.Length));
    }

    [Fact]
    public async Task Endless_body_is_cut_without_waiting_for_its_end()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync("more and more ", context.RequestAborted);
        });
        using LoopbackClient client = new(server.Address, ("Api:MaxResponseBytes", $"{Limit}"));

        Assert.True(Assert.IsType<CallResult.Succeeded>(await client.CallAsync()).Answer.IsCut);
    }

    [Fact]
    public async Task Answer_that_breaks_off_is_retried()
    {
        int calls = 0;
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 10;
            await context.Response.WriteAsync("01234");
            await context.Response.Body.FlushAsync();
            if (Interlocked.Increment(ref calls) == 1)
                context.Abort();
            else
                await context.Response.WriteAsync("56789");
        });
        using LoopbackClient client = new(server.Address, ("Resilience:Retries", "1"));

        CallResult.Succeeded result = Assert.IsType<CallResult.Succeeded>(await client.CallAsync());

        Assert.Equal("0123456789"u8, result.Answer.Body.Span);
        Assert.Equal(2, server.Received.Count);
    }

    private static async Task SendCompressedAsync(HttpContext context, string encoding, string text)
    {
        context.Response.Headers.ContentEncoding = encoding;
        context.Response.ContentType = "application/json";
        await using Stream body = encoding switch
        {
            "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest),
            "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest),
            _ => new ZLibStream(context.Response.Body, CompressionLevel.Fastest),
        };
        await body.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
