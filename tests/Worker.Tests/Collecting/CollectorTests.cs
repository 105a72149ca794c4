using Courier.Worker.Tests.Collecting.Otlp;
using Courier.Worker.Tests.Hosting;

namespace Courier.Worker.Tests.Collecting;

/// <summary>What leaves the worker by itself, when a collector is named.</summary>
public sealed class CollectorTests(CollectedRun run, ITestOutputHelper output) : IClassFixture<CollectedRun>
{
    private const int Error = 2;

    [Fact]
    public void Each_settled_request_arrives_once_at_the_collector_and_once_at_the_host()
    {
        string[] host = [.. new WorkerLines(run.Journal).Starting("request.settled").Select(line => line.Message).Order(StringComparer.Ordinal)];

        Assert.Equal(CollectedRun.Good + 6, host.Length);
        Assert.Equal(host, run.Logs.Select(record => record.Body.StringValue).Where(line => line.StartsWith("request.settled", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(new WorkerLines(run.Journal).LostOnTheHost);
    }

    [Fact]
    public void Line_that_is_told_again_within_an_invocation_is_collected_as_it_was_first_written() =>
        Assert.DoesNotContain(run.Logs, record => record.Body.StringValue.Contains("outside an invocation)", StringComparison.Ordinal));

    [Fact]
    public void All_deliveries_and_attempts_of_a_request_are_in_the_trace_that_its_message_names()
    {
        Span[] trace = [.. run.Spans.Where(span => Convert.ToHexStringLower(span.TraceId.Span) == CollectedRun.Trace)];

        Assert.Equal(["GET", "GET", "GET", "GET", "GET", "GET", "process request", "process request"], trace.Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["reschedule", "complete"], trace.Where(span => span.Name != "GET").Select(span => Text(span, "courier.disposition")));
        Assert.All(trace.Where(span => span.Name == "GET"), attempt => Assert.Contains(trace, delivery => delivery.SpanId == attempt.ParentSpanId));
        Assert.Equal(5, trace.Count(span => span is { Name: "GET", Status.Code: Error } && Text(span, "error.type") == "503"));
    }

    [Fact]
    public void Span_of_a_request_that_was_given_up_is_an_error()
    {
        Span span = Assert.Single(run.Spans, span => span.Name != "GET" && Text(span, "courier.request.id") == "forbidden");

        Assert.Equal((Error, "forbidden"), (span.Status.Code, Text(span, "error.type")));
    }

    [Fact]
    public void Metrics_and_gauges_are_sent() =>
        Assert.Superset(
            new HashSet<string> { "courier.requests.settled", "courier.call.duration", "http.client.request.duration", "messaging.process.duration", "courier.queue.depth", "courier.quota.used", "courier.circuit.open" },
            run.Metrics.ToHashSet());

    [Fact]
    public void Key_is_in_nothing_that_is_sent()
    {
        Assert.DoesNotContain(run.Logs, record => record.ToString().Contains(WorkerWorld.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(run.Spans, span => span.ToString().Contains(WorkerWorld.Key, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_costs_a_kilobyte_of_telemetry_at_the_most()
    {
        output.WriteLine($"{run.BytesEach} bytes a message");
        Assert.InRange(run.BytesEach, 100, 1024);
    }

    private static string? Text(Span span, string key) => span.Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value.StringValue;
}
