using Courier.ApiSimulator;
using Courier.Worker.Tests.Collecting.Otlp;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests.Collecting;

/// <summary>One run of the published worker with a collector: requests that end in different ways, then an orderly end.</summary>
public sealed class CollectedRun(PublishedWorker app) : IAsyncLifetime
{
    public const string Trace = "0af7651916cd43dd8448eb211c80319c";
    public const int Good = 100;

    public WorkerJournal Journal { get; private set; } = new();

    internal IReadOnlyCollection<LogRecord> Logs { get; private set; } = [];

    internal IReadOnlyCollection<Span> Spans { get; private set; } = [];

    public IReadOnlyCollection<string> Metrics { get; private set; } = [];

    /// <summary>What was sent for a message, about.</summary>
    public long BytesEach { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await using Collector collector = await Collector.StartAsync();
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, [.. collector.Settings, ("OTEL_METRIC_EXPORT_INTERVAL", "1000")]);
        Journal = world.Journal;
        world.Api.Script(new Fault { Match = "*?fails", Status = 503, Times = 5 });
        world.Api.Script(new Fault { Match = "*?forbidden", Status = 403 });
        world.Api.Script(new Fault { Match = "*?throttled", Status = 429, RetryAfter = "1", Times = 1 });
        await using HostedWorker worker = await world.StartAsync();
        await world.PostAsync(Enumerable.Range(0, Good).Select(i => $$"""{"id":"good-{{i}}","method":"GET","path":"/companies/example.com"}"""));
        await world.PostAsync(
            $$"""{"id":"fails","method":"GET","path":"/companies/example.com?fails","traceparent":"00-{{Trace}}-b7ad6b7169203331-00"}""",
            """{"id":"forbidden","method":"GET","path":"/companies/example.com?forbidden"}""",
            """{"id":"throttled","method":"GET","path":"/companies/example.com?throttled"}""",
            """{"id":"invalid","method":"GET","path":"//elsewhere.example/"}""");
        await world.SettledAsync(TimeSpan.FromMinutes(2));
        await worker.FireTimerAsync("WatchHealth", CancellationToken.None);
        await collector.GaugesAsync();
        await worker.StopAsync(CancellationToken.None);
        (Logs, Spans, Metrics) = (collector.Logs, collector.Spans, collector.Metrics);
        BytesEach = collector.Bytes / new WorkerLines(Journal).Starting("request.settled").Count;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
