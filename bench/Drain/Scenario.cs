namespace Courier.Bench.Drain;

/// <summary>What is simulated.</summary>
/// <param name="Backlog">Requests on the queue at the start.</param>
internal sealed record Scenario(string Name, int Instances, int Backlog)
{
    public Strategy Strategy { get; init; } = Strategy.Courier;

    /// <summary>Requests that arrive for <see cref="ArrivalsFor"/>, an hour; each at a random moment.</summary>
    public int ArrivalsPerHour { get; init; }

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

    /// <summary>Whether answers say how many calls are left.</summary>
    public bool Headers { get; init; }

    /// <summary>So many requests more, to resources that answer 429 whatever happens, with a Retry-After of a minute.</summary>
    public int AlwaysRefused { get; init; }

    /// <summary>Clocks of the instances differ by up to so much, one way or the other.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>How the same run ended before, with evenly spaced slots; null where it was not made.</summary>
    public string? Before { get; init; }

    /// <summary>All must be called by then.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Storage operations on the ledger that a request may cost.</summary>
    public double? MostOperations { get; init; }

    /// <param name="word">A number of instances, or a part of the name.</param>
    public bool IsAbout(string word) => int.TryParse(word, out int instances) ? instances == Instances : Name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
