namespace Courier.Pacing;

/// <summary>The key that is held, by its hash, and when it was last tried.</summary>
public sealed record CredentialState(string? KeyHash, DateTimeOffset Since, DateTimeOffset ProbedAt)
{
    public static CredentialState None { get; } = new(null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
