namespace Courier.Bench.Drain;

/// <summary>What a simulated run came to.</summary>
internal sealed record Outcome(Scenario Scenario)
{
    public required int Requests { get; init; }

    public required int Calls { get; init; }

    public required int Refused { get; init; }

    public required int FullestWindow { get; init; }

    public required int Poisoned { get; init; }

    public required int Succeeded { get; init; }

    public required TimeSpan Drained { get; init; }

    public required int MostCopies { get; init; }

    public required double Parked { get; init; }

    /// <summary>Operations on the ledger for each request that was admitted at its first delivery, where all were; else for all.</summary>
    public required double LedgerOperations { get; init; }

    public required double HoldOperations { get; init; }

    /// <summary>How many requests that were posted later succeeded before one that was posted earlier, at the most.</summary>
    public required int Inversion { get; init; }

    /// <summary>From posting to success, the way through the queue included.</summary>
    public required TimeSpan LongestWait { get; init; }

    /// <summary>The longest wait that the limit alone forces on these requests.</summary>
    public required TimeSpan LeastWait { get; init; }

    public required TimeSpan WallTime { get; init; }

    /// <summary>Requests left and calls made, a sample every so often.</summary>
    public required IReadOnlyList<(TimeSpan At, int Left, int Calls)> Samples { get; init; }

    public double RefusedShare => (double)Refused / Math.Max(1, Calls);

    /// <summary>Storage operations that pacing costs a parked request: the ledger's, the copy and its delete.</summary>
    public double OperationsParked => LedgerOperations + (2 * CopiesEach);

    public double CopiesEach { get; init; }
}
