using System.Diagnostics;
using Courier.Measures;
using Courier.Messages;
using Courier.Routing;
using Courier.Storage;
using Microsoft.Extensions.Logging;

namespace Courier.Processing;

/// <summary>Tells what became of each message: one wide log event, metrics, a span of the request's trace. Never a body, a header or a key.</summary>
public sealed partial class Telemetry(ILogger<Telemetry> logger, IEnumerable<ISettledObserver> observers)
{
    private const string SpanName = "process request";

    private readonly ISettledObserver[] _observers = [.. observers];

    /// <summary>The span of one delivery. All deliveries of a request are in one trace: the sender's, when the message names one.</summary>
    public static Activity? Start(Envelope envelope)
    {
        if (!Instruments.Source.HasListeners())
            return null;
        ActivityContext.TryParse(envelope.Traceparent, null, isRemote: true, out ActivityContext parent);
        Activity? span = Instruments.Source.StartActivity(SpanName, ActivityKind.Consumer, parent);
        span?.SetTag("courier.request.id", envelope.Request.Id);
        span?.SetTag("messaging.system", "azure_storage_queue");
        span?.SetTag("messaging.operation.type", "process");
        return span;
    }

    /// <summary>The trace that a request began in stays its own through all its copies.</summary>
    public static Envelope Traced(Envelope envelope, Activity? activity) => activity is null || envelope.Traceparent is not null
        ? envelope
        : envelope with { Delivery = envelope.Delivery with { Traceparent = activity.Id } };

    public void Tell(Settled settled)
    {
        string disposition = settled.Disposition.Name;
        string? reason = (settled.Disposition as Disposition.DeadLetter)?.Reason.Text();
        TimeSpan? delay = (settled.Disposition as Disposition.Reschedule)?.Delay;
        string outcome = settled.Call?.Result.Outcome ?? "not-called";
        Count(settled, disposition, outcome, reason);
        Log.RequestSettled(
            logger, settled.Disposition is Disposition.DeadLetter ? LogLevel.Warning : LogLevel.Information, settled.Id, settled.Attempt, outcome,
            settled.Call?.Result.Response?.Status, disposition, reason, delay, settled.Call?.Duration.TotalMilliseconds);
        foreach (ISettledObserver observer in _observers)
            observer.OnSettled(settled);
        if (Activity.Current is { OperationName: SpanName } span)
            End(span, settled, disposition, outcome, reason);
    }

    public void TellRepeated(string id) => Log.RequestRepeated(logger, id);

    public void TellStorageFailed(StorageFailureException failure)
    {
        Log.StorageFailed(logger, failure.IsBlocked ? LogLevel.Error : LogLevel.Warning, failure.Message);
        foreach (ISettledObserver observer in _observers)
            observer.OnStorageFailed(failure);
    }

    private static void Count(Settled settled, string disposition, string outcome, string? reason)
    {
        Instruments.Settled.Add(1, new(Instruments.Disposition, disposition), new(Instruments.Outcome, outcome), new KeyValuePair<string, object?>(Instruments.Reason, reason));
        if (reason is not null)
            Instruments.DeadLetters.Add(1, new KeyValuePair<string, object?>(Instruments.Reason, reason));
        if (settled.Call is not { } call)
            return;
        Instruments.CallDuration.Record(call.Duration.TotalSeconds, new KeyValuePair<string, object?>(Instruments.Outcome, outcome));
        if (settled.FirstSeenAt is { } first)
            Instruments.RequestAge.Record((call.EndedAt - first).TotalSeconds, new KeyValuePair<string, object?>(Instruments.Disposition, disposition));
    }

    /// <summary>A consumer span whose status is not set counts as a success, whatever its attributes say.</summary>
    private static void End(Activity span, Settled settled, string disposition, string outcome, string? reason)
    {
        span.SetStatus(reason is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, reason);
        span.SetTag(Instruments.Disposition, disposition);
        span.SetTag(Instruments.Outcome, outcome);
        span.SetTag("courier.attempt", settled.Attempt);
        if (settled.Disposition is Disposition.Reschedule { Delay: var delay })
            span.SetTag("courier.delay", delay.TotalSeconds);
        if (reason is not null)
            span.SetTag(Instruments.ErrorType, reason);
        span.Stop();
        TagList tags = new() { { "messaging.system", "azure_storage_queue" }, { "messaging.operation.name", "process" }, { Instruments.ErrorType, reason } };
        Instruments.ProcessDuration.Record(span.Duration.TotalSeconds, tags);
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
