using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.Chaos;

/// <summary>Stands before one service of the storage emulator and hands everything on as it comes, except where <see cref="StorageTrouble"/> says otherwise.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly (int Status, string Code)[] s_leases = [(412, "LeaseIdMissing"), (409, "LeaseAlreadyPresent"), (412, "LeaseLost")];

    private readonly HttpMessageInvoker _service = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) });
    private readonly Uri _target;
    private readonly StorageTrouble _trouble;
    private readonly MessageBook _messages;
    private readonly bool _isQueue;
    private readonly WebApplication _app;

    private FaultProxy(Uri target, StorageTrouble trouble, MessageBook messages, bool isQueue)
    {
        (_target, _trouble, _messages, _isQueue) = (target, trouble, messages, isQueue);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(500));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>To be put in the place of the target's.</summary>
    public string Authority => new Uri(_app.Urls.Single()).Authority;

    public static async Task<FaultProxy> StartAsync(Uri target, StorageTrouble trouble, MessageBook messages, bool isQueue)
    {
        FaultProxy proxy = new(target, trouble, messages, isQueue);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _service.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        FaultManner? manner = _trouble.Of(context.Request.Method, _isQueue, target.Contains("visibilitytimeout=600", StringComparison.Ordinal));
        if (manner is { } wrong)
            _trouble.Note(new StorageFault(TimeProvider.System.GetUtcNow(), wrong, $"{context.Request.Method} {target.Split('?')[0]}", _messages.RequestOf(target, body.ToArray())));
        switch (manner)
        {
            case FaultManner.Lost:
                context.Abort();
                return;
            case FaultManner.Refused or FaultManner.Leased when manner == FaultManner.Refused || _isQueue || context.Request.Method == "GET":
                await RefuseAsync(context, 503, "ServerBusy");
                return;
            case FaultManner.Leased:
                (int status, string code) = s_leases[target.Length % s_leases.Length];
                await RefuseAsync(context, status, code);
                return;
            case FaultManner.Slow:
                await Task.Delay(_trouble.Pause(), TimeProvider.System);
                break;
        }

        await HandOnAsync(context, target, body, isCut: manner == FaultManner.Unanswered);
    }

    private async Task HandOnAsync(HttpContext context, string target, MemoryStream body, bool isCut)
    {
        try
        {
            using HttpRequestMessage request = Request(context.Request, target, body);
            using HttpResponseMessage answer = await _service.SendAsync(request, CancellationToken.None);
            byte[] content = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
            if (isCut)
            {
                context.Abort();
                return;
            }

            if (_isQueue && request.Method == HttpMethod.Get)
                _messages.Learn(content);
            await AnswerAsync(context, answer, content);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort(); // a client that was killed, or the end of the run
        }
    }

    private HttpRequestMessage Request(HttpRequest from, string target, MemoryStream body)
    {
        // Byte for byte as it came: the path is signed.
        HttpRequestMessage request = new(HttpMethod.Parse(from.Method), new Uri(_target.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (from.ContentLength is not null)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in from.Headers)
        {
            if (name is not ("Host" or "Content-Length" or "Connection") && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, byte[] content)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> value) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive" or "Content-Length"))
                context.Response.Headers.Append(name, value.ToArray());
        }

        if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            context.Response.ContentLength = content.Length;
        if (content.Length > 0)
            await context.Response.Body.WriteAsync(content);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.ContentType = "application/xml";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>A fault of the plan.</Message></Error>"));
    }
}
