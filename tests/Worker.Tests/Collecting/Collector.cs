using System.Collections.Concurrent;
using Courier.Worker.Tests.Collecting.Otlp;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Worker.Tests.Collecting;

/// <summary>An OpenTelemetry collector that keeps what it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<LogRecord> _logs = new();
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly ConcurrentQueue<string> _metrics = new();
    private readonly WebApplication _server;
    private long _bytes;

    private Collector(WebApplication server) => _server = server;

    public IReadOnlyCollection<LogRecord> Logs => _logs;

    public IReadOnlyCollection<Span> Spans => _spans;

    /// <summary>The names, each as often as it was sent.</summary>
    public IReadOnlyCollection<string> Metrics => _metrics;

    /// <summary>Of logs and spans; metrics do not grow with the messages.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The settings, by their environment names, of a process that sends here.</summary>
    public (string Name, string Value)[] Settings => [("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    public static async Task<Collector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication server = builder.Build();
        Collector collector = new(server);
        server.UseRouting();
        server.MapPost("/v1/logs", context => collector.TakeAsync(context, Otlp.Logs.Parser, logs => logs.Resources.SelectMany(resource => resource.Scopes).SelectMany(scope => scope.Records), collector._logs));
        server.MapPost("/v1/traces", context => collector.TakeAsync(context, Traces.Parser, traces => traces.Resources.SelectMany(resource => resource.Scopes).SelectMany(scope => scope.Spans), collector._spans));
        server.MapPost("/v1/metrics", context => collector.TakeAsync(context, Otlp.Metrics.Parser, metrics => metrics.Resources.SelectMany(resource => resource.Scopes).SelectMany(scope => scope.Metrics).Select(metric => metric.Name), collector._metrics));
        await server.StartAsync();
        return collector;
    }

    /// <summary>Waits for the gauges: what only shows while a process lives is not sent at its end.</summary>
    public async Task GaugesAsync()
    {
        while (!_metrics.Contains("courier.queue.depth"))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync<TMessage, T>(HttpContext context, MessageParser<TMessage> parser, Func<TMessage, IEnumerable<T>> items, ConcurrentQueue<T> kept)
        where TMessage : IMessage<TMessage>
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (typeof(TMessage) != typeof(Otlp.Metrics))
            Interlocked.Add(ref _bytes, body.Length);
        foreach (T item in items(parser.ParseFrom(body.ToArray())))
            kept.Enqueue(item);
        context.Response.ContentType = "application/x-protobuf";
    }
}
