using Courier.Pacing;

namespace Courier.Watch;

/// <summary>What the gauges show.</summary>
/// <param name="Oldest">Since the visible request that is next was put on the queue.</param>
/// <param name="Poison">Messages on the poison queue.</param>
/// <param name="DeadLetters">Messages on the queue of dead letters.</param>
/// <param name="Used">Calls of the window that ends now.</param>
internal sealed record GaugeReadings(DateTimeOffset At, DrainForecast Forecast, TimeSpan? Oldest, int Poison, int DeadLetters, int Limit, int Used)
{
    public double? Remaining => Forecast switch
    {
        { Waiting: 0 } => 0,
        { ClearsAt: { } end } => Math.Max(0, (end - At).TotalSeconds),
        _ => null,
    };
}
