namespace Courier.Alerts;

/// <summary>What was counted between two moments.</summary>
public sealed record AlertStatistics
{
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Attempts to call the API.</summary>
    public required long Calls { get; init; }

    public required long Failures { get; init; }

    /// <summary>The share of calls that failed, 0 to 1.</summary>
    public double Ratio => Calls == 0 ? 0 : Math.Round((double)Failures / Calls, 4);

    public long? DeadLetters { get; init; }

    /// <summary>Messages on the request queue.</summary>
    public long? Waiting { get; init; }
}
