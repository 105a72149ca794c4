namespace Courier.Operations.Redrives;

/// <summary>What came of sending a dead letter back.</summary>
public abstract record Sending
{
    private Sending()
    {
    }

    /// <summary>It is on the queue.</summary>
    public sealed record Sent(SentLetter Letter) : Sending;

    /// <summary>It was left as it is.</summary>
    public sealed record Skipped(SkippedLetter Letter) : Sending;
}
