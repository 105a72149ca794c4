namespace Courier.Sinks;

/// <summary>What became of one try to send one alert to one sink.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome(string alertId, string sink) => (AlertId, Sink) = (alertId, sink);

    public string AlertId { get; }

    public string Sink { get; }

    public sealed record Delivered(string AlertId, string Sink) : DeliveryOutcome(AlertId, Sink);

    /// <summary>It is tried again.</summary>
    public sealed record Failed(string AlertId, string Sink, string Why) : DeliveryOutcome(AlertId, Sink);

    /// <summary>It has failed for a day: it is not tried again.</summary>
    public sealed record GivenUp(string AlertId, string Sink, string Why) : DeliveryOutcome(AlertId, Sink);

    /// <summary>The settings name no such sink any more.</summary>
    public sealed record NoSuchSink(string AlertId, string Sink) : DeliveryOutcome(AlertId, Sink);
}
