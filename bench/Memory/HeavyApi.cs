using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Courier.Bench.Memory;

/// <summary>An API whose answers weigh: bodies of 256 MiB, bombs, lists of many pages. It sends no Content-Length, so that nobody is warned.</summary>
internal sealed class HeavyApi : IAsyncDisposable
{
    public const int InFlight = 24;

    private const int Mebibyte = 1024 * 1024;
    private const int BulkSize = 256 * Mebibyte;
    private const int PageSize = 100 * 1024;

    /// <summary>Less than what a worker reads by default: so much is sent before all the others have come so far.</summary>
    private const int BeforeOthers = 7 * Mebibyte;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);
    private static readonly byte[] s_chunk = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1,", 32 * 1024)));
    private static readonly byte[] s_bomb = Bomb();
    private static readonly (byte[] Begin, byte[] Last) s_brotli = Brotli();
    private static readonly (byte[] Begin, byte[] Last) s_zstd = Zstandard();

    private readonly WebApplication _server;
    private readonly TaskCompletionSource _everybody = new();
    private int _waiting;
    private int _most;

    private HeavyApi(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    /// <summary>How many long answers stood half sent at the same time.</summary>
    public int MostAtOnce => _most;

    /// <summary>How many pages were asked for.</summary>
    public int Pages { get; private set; }

    public static async Task<HeavyApi> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        HeavyApi api = new(server);
        server.Run(api.AnswerAsync);
        await server.StartAsync();
        return api;
    }

    public async ValueTask DisposeAsync()
    {
        _everybody.TrySetResult();
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Request.Path.Value switch
        {
            "/bulk" => BulkAsync(context, 200),
            "/bulk-error" => BulkAsync(context, 404),
            "/bulk-br" => WideAsync(context, "br", s_brotli),
            "/bulk-zstd" => WideAsync(context, "zstd", s_zstd),
            "/bomb" => BombAsync(context),
            "/pages" => PageAsync(context),
            "/missing" => MissingAsync(context),
            _ => context.Response.WriteAsync("""{"name":"example.com","grade":"A"}""", context.RequestAborted),
        };
    }

    /// <summary>Each answer stops before a worker has read all that it takes, until as many stand there as a worker calls at once.</summary>
    private async Task BulkAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync("[0,"u8.ToArray(), context.RequestAborted);
        for (int sent = 0; sent < BulkSize; sent += s_chunk.Length)
        {
            if (sent == BeforeOthers)
                await OthersAsync();
            await context.Response.Body.WriteAsync(s_chunk, context.RequestAborted);
        }
    }

    /// <summary>The same in a coding with the largest window that is read.</summary>
    private async Task WideAsync(HttpContext context, string coding, (byte[] Begin, byte[] Last) packed)
    {
        context.Response.Headers.ContentEncoding = coding;
        await context.Response.Body.WriteAsync(packed.Begin, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await OthersAsync();
        await context.Response.Body.WriteAsync(packed.Last, context.RequestAborted);
    }

    private async Task OthersAsync()
    {
        int count = Interlocked.Increment(ref _waiting);
        for (int most = _most; count > most && Interlocked.CompareExchange(ref _most, count, most) != most;)
            most = _most;
        if (count >= InFlight)
            _everybody.TrySetResult();
        await Task.WhenAny(_everybody.Task, Task.Delay(s_patience, TimeProvider.System));
        Interlocked.Decrement(ref _waiting);
    }

    private static Task BombAsync(HttpContext context)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return context.Response.Body.WriteAsync(s_bomb, context.RequestAborted).AsTask();
    }

    private async Task PageAsync(HttpContext context)
    {
        Pages++;
        int page = int.Parse(context.Request.Query["page"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture);
        context.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{Address}pages?page={page + 1}>; rel=\"next\"");
        await context.Response.WriteAsync($$"""{"page":{{page}},"entries":["{{new string('a', PageSize)}}"]}""", context.RequestAborted);
    }

    private static Task MissingAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return context.Response.WriteAsync($$"""{"error":{"message":"{{new string('b', 8 * 1024)}}"} }""", context.RequestAborted);
    }

    /// <summary>1 MiB that unpacks to a thousand times as much.</summary>
    private static byte[] Bomb()
    {
        using MemoryStream packed = new();
        byte[] nothing = new byte[Mebibyte];
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            while (packed.Length < Mebibyte - 1024)
                gzip.Write(nothing);
        }

        return packed.ToArray();
    }

    /// <summary>In two pieces, of which the first can be unpacked alone; a window of 4 MiB.</summary>
    private static (byte[] Begin, byte[] Last) Brotli()
    {
        using BrotliEncoder encoder = new(quality: 1, window: 22);
        byte[] packed = new byte[4 * Mebibyte];
        int length = 0, begin = 0;
        for (int sent = 0; sent < BulkSize; sent += s_chunk.Length)
        {
            encoder.Compress(s_chunk, packed.AsSpan(length), out _, out int written, isFinalBlock: sent + s_chunk.Length >= BulkSize);
            length += written;
            if (sent == BeforeOthers)
            {
                encoder.Flush(packed.AsSpan(length), out written);
                begin = length += written;
            }
        }

        return (packed[..begin], packed[begin..length]);
    }

    /// <summary>The same with a window of 8 MiB.</summary>
    private static (byte[] Begin, byte[] Last) Zstandard()
    {
        using MemoryStream packed = new();
        using CompressionStream zstd = new(packed, leaveOpen: true);
        zstd.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, 23);
        int begin = 0;
        for (int sent = 0; sent < BulkSize; sent += s_chunk.Length)
        {
            zstd.Write(s_chunk);
            if (sent == BeforeOthers)
            {
                zstd.Flush();
                begin = (int)packed.Length;
            }
        }

        zstd.Dispose();
        byte[] all = packed.ToArray();
        return (all[..begin], all[begin..]);
    }
}
