namespace Courier.Sinks;

/// <summary>What became of one try to send one alert to one sink.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome(string alertId, string sink) => (AlertId, Sink) = (alertId, sink);

    public string AlertId { get; }

    public string Sink { get; }

    /// <summary>The case, as metrics spell it.</summary>
    public abstract string Name { get; }

    public sealed record Delivered(string AlertId, string Sink) : DeliveryOutcome(AlertId, Sink)
    {
        public override string Name => "delivered";
    }

    /// <summary>It is tried again.</summary>
    public sealed record Failed(string AlertId, string Sink, string Why) : DeliveryOutcome(AlertId, Sink)
    {
        public override string Name => "failed";
    }

    /// <summary>It has failed for a day: it is not tried again.</summary>
    public sealed record GivenUp(string AlertId, string Sink, string Why) : DeliveryOutcome(AlertId, Sink)
    {
        public override string Name => "given-up";
    }

    /// <summary>The settings name no such sink any more.</summary>
    public sealed record NoSuchSink(string AlertId, string Sink) : DeliveryOutcome(AlertId, Sink)
    {
        public override string Name => "no-such-sink";
    }
}
