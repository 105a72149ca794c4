namespace Courier.Bench.Drain;

/// <summary>What is simulated.</summary>
/// <param name="Backlog">Requests on the queue at the start.</param>
internal sealed record Scenario(string Name, int Instances, int Backlog)
{
    public Strategy Strategy { get; init; } = Strategy.Courier;

    /// <summary>Requests that arrive for <see cref="ArrivalsFor"/>, a second.</summary>
    public double ArrivalsPerSecond { get; init; }

    public TimeSpan ArrivalsFor { get; init; }

    /// <summary>The API answers 503.</summary>
    public (TimeSpan From, TimeSpan To)? Outage { get; init; }

    /// <summary>No instance runs.</summary>
    public (TimeSpan From, TimeSpan To)? Down { get; init; }

    /// <summary>The share of the quota that somebody else uses, evenly.</summary>
    public double Foreign { get; init; }

    public int Limit { get; init; } = 5000;

    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    public double Reserve { get; init; } = 0.03;

    /// <summary>Calls a second that are left to us: the limit less reserve and foreign use.</summary>
    public double UsableRate => ((Limit * (1 - Reserve)) - (Limit * Foreign)) / Window.TotalSeconds;
}
