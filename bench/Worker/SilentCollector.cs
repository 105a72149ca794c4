using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Courier.Bench.Worker;

/// <summary>An OpenTelemetry collector that takes everything and keeps nothing.</summary>
internal sealed class SilentCollector : IAsyncDisposable
{
    private readonly WebApplication _server;

    private SilentCollector(WebApplication server) => _server = server;

    /// <summary>The settings, by their environment names, of a process that sends here.</summary>
    public (string Name, string Value)[] Settings => [("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    public static async Task<SilentCollector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.Run(context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await server.StartAsync();
        return new SilentCollector(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
