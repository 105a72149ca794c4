using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Courier.Measures;

/// <summary>
/// The meter and the activity source, both called <c>Courier</c>, and the instruments that every instance reports by itself. docs/telemetry.md
/// lists all of them. No attribute holds an id, a path or a text of somebody else's: each takes few values.
/// </summary>
public static class Instruments
{
    public const string Name = "Courier";

    public const string Disposition = "courier.disposition";
    public const string Outcome = "courier.outcome";
    public const string Reason = "courier.reason";

    /// <summary>The semantic conventions' word for what went wrong, in spans and metrics.</summary>
    public const string ErrorType = "error.type";

    private static readonly InstrumentAdvice<double> s_seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60] };
    private static readonly InstrumentAdvice<double> s_ages = new() { HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 3600, 14400, 43200, 86400, 259200] };

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    public static Counter<long> Settled { get; } = Meter.CreateCounter<long>("courier.requests.settled", "{request}", "Deliveries of requests, by what became of them.");

    public static Counter<long> DeadLetters { get; } = Meter.CreateCounter<long>("courier.dead_letters.stored", "{request}", "Requests that were given up, by reason.");

    public static Histogram<double> CallDuration { get; } = Meter.CreateHistogram("courier.call.duration", "s", "Calls, repetitions in the process included, by outcome.", null, s_seconds);

    public static Histogram<double> RequestAge { get; } = Meter.CreateHistogram("courier.request.age", "s", "From when a request was first seen to the end of a call.", null, s_ages);

    public static Histogram<double> ProcessDuration { get; } = Meter.CreateHistogram("messaging.process.duration", "s", "Handling one delivery, waits at the gate included.", null, s_seconds);

    public static Histogram<double> AttemptDuration { get; } = Meter.CreateHistogram("http.client.request.duration", "s", "Single HTTP requests to the API, their bodies included.", null, s_seconds);

    public static Counter<long> QuotaRefusals { get; } = Meter.CreateCounter<long>("courier.quota.refusals", "{call}", "429s that were confirmed as the quota's.");

    public static Counter<long> StateConflicts { get; } = Meter.CreateCounter<long>("courier.state.conflicts", "{conflict}", "Changes of a shared document that another instance was faster with; `quota-ledger.json` is the ledger.");

    public static Counter<long> AlertDeliveries { get; } = Meter.CreateCounter<long>("courier.alerts.deliveries", "{try}", "Tries to deliver an alert, by sink and outcome.");
}
