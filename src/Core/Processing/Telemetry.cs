using System.Diagnostics;
using System.Diagnostics.Metrics;
using Courier.Messages;
using Courier.Routing;
using Courier.Storage;
using Microsoft.Extensions.Logging;

namespace Courier.Processing;

/// <summary>Tells what became of each message: one wide log event, metrics (meter <c>Courier</c>), a trace (source <c>Courier</c>). Never a body, a header or a key.</summary>
public sealed partial class Telemetry(ILogger<Telemetry> logger, IEnumerable<ISettledObserver> observers)
{
    public const string Name = "Courier";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_settled = s_meter.CreateCounter<long>("courier.requests.settled", "{request}", "Deliveries by disposition and reason.");
    private static readonly Histogram<double> s_calls = s_meter.CreateHistogram<double>("courier.call.duration", "s", "Calls by outcome, in-process retries included.");

    private readonly ISettledObserver[] _observers = [.. observers];

    public static Activity? Start(Envelope envelope)
    {
        ActivityContext.TryParse(envelope.Delivery.Traceparent, null, isRemote: true, out ActivityContext parent);
        Activity? activity = s_source.StartActivity("courier.request", ActivityKind.Consumer, parent);
        activity?.SetTag("courier.request.id", envelope.Request.Id);
        return activity;
    }

    /// <summary>The trace that a request began in stays its own through all its copies.</summary>
    public static Envelope Traced(Envelope envelope, Activity? activity) => activity is null || envelope.Delivery.Traceparent is not null
        ? envelope
        : envelope with { Delivery = envelope.Delivery with { Traceparent = activity.Id } };

    public void Tell(Settled settled)
    {
        string disposition = settled.Disposition.Name;
        string? reason = (settled.Disposition as Disposition.DeadLetter)?.Reason.Text();
        TimeSpan? delay = (settled.Disposition as Disposition.Reschedule)?.Delay;
        string outcome = settled.Call?.Result.Outcome ?? "not-called";
        s_settled.Add(1, new("disposition", disposition), new("reason", reason), new KeyValuePair<string, object?>("outcome", outcome));
        if (settled.Call is { } call)
            s_calls.Record(call.Duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        Log.RequestSettled(
            logger, settled.Disposition is Disposition.DeadLetter ? LogLevel.Warning : LogLevel.Information, settled.Id, settled.Attempt, outcome,
            settled.Call?.Result.Response?.Status, disposition, reason, delay, settled.Call?.Duration.TotalMilliseconds);
        foreach (ISettledObserver observer in _observers)
            observer.OnSettled(settled);
    }

    public void TellRepeated(string id) => Log.RequestRepeated(logger, id);

    public void TellStorageFailed(StorageFailureException failure)
    {
        Log.StorageFailed(logger, failure.IsBlocked ? LogLevel.Error : LogLevel.Warning, failure.Message);
        foreach (ISettledObserver observer in _observers)
            observer.OnStorageFailed(failure);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 17, Message = "storage.failed {Problem} A request waits for it, or is kept as a dead letter where it was called already", EventName = "storage.failed")]
        public static partial void StorageFailed(ILogger logger, LogLevel level, string problem);

        [LoggerMessage(EventId = 1, Message = "request.settled {Id} attempt {Attempt}: {Outcome} {Status} -> {Disposition} {Reason} delay {Delay} in {DurationMs} ms", EventName = "request.settled")]
        public static partial void RequestSettled(
            ILogger logger, LogLevel level, string id, int attempt, string outcome, int? status, string disposition, string? reason, TimeSpan? delay, double? durationMs);

        [LoggerMessage(2, LogLevel.Information, "request.repeated {Id}: a repeated delivery of a request that is settled already", EventName = "request.repeated")]
        public static partial void RequestRepeated(ILogger logger, string id);
    }
}
