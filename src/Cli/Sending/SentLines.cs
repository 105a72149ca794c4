namespace Courier.Cli.Sending;

/// <summary>Which lines of a file were posted.</summary>
/// <param name="Done">The first so many are over, posted or in doubt.</param>
/// <param name="InDoubt">Lines of steps that were begun and not ended.</param>
internal sealed record SentLines(int Done, IReadOnlyList<(int First, int Last)> InDoubt)
{
    /// <param name="line">The first is 1.</param>
    public bool IsPosted(int line) => line <= Done && !InDoubt.Any(step => line >= step.First && line <= step.Last);
}
