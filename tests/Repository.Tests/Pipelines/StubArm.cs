using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Courier.Tests.Pipelines;

/// <summary>Stands in for Azure's management API: lists only <c>WarmUp</c> until it has been asked to sync so often.</summary>
internal sealed class StubArm : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _syncs;

    private StubArm(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Requests { get; } = new();

    public string Address => _app.Urls.Single();

    public static async Task<StubArm> StartAsync(int syncsNeeded, params string[] functions)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        StubArm stub = new(builder.Build());
        stub._app.Run(context => stub.AnswerAsync(context, syncsNeeded, functions));
        await stub._app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context, int syncsNeeded, string[] functions)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
        if (context.Request.Method == "POST")
        {
            Interlocked.Increment(ref _syncs);
            return Task.CompletedTask;
        }

        string[] names = _syncs < syncsNeeded ? ["WarmUp"] : functions;
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { value = names.Select(name => new { name = $"func-courier-x/{name}" }) }));
    }
}
