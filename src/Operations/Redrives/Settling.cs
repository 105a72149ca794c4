namespace Courier.Operations.Redrives;

/// <summary>What has become of a dead letter that was sent back.</summary>
public abstract record Settling
{
    private Settling()
    {
    }

    /// <summary>Nothing yet.</summary>
    public sealed record Waiting : Settling;

    /// <summary>Its record is gone: it succeeded, or somebody purged it.</summary>
    public sealed record Done : Settling;

    /// <summary>It is a dead letter again.</summary>
    public sealed record Returned(ReturnedLetter Letter) : Settling;
}
