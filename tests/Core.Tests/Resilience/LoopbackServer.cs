using Courier.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Courier.Tests.Resilience;

/// <summary>A web server on a free port of this machine.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<SentRequest> _received = [];

    private LoopbackServer(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            await NoteAsync(context.Request);
            await answer(context);
        });
    }

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<SentRequest> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer)
    {
        LoopbackServer server = new(answer);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task NoteAsync(HttpRequest request)
    {
        using StreamReader body = new(request.Body);
        Uri uri = new($"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}");
        SentRequest received = new(request.Method, uri, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), await body.ReadToEndAsync());
        lock (_received)
            _received.Add(received);
    }
}
