using Courier.Storage;

namespace Courier.Pacing;

/// <summary>The key that is held, by its hash, and when it was last tried.</summary>
public sealed record CredentialState(string? KeyHash, DateTimeOffset Since, DateTimeOffset ProbedAt) : ISharedDocument
{
    public int Version { get; init; } = ISharedDocument.CurrentVersion;

    public static CredentialState None { get; } = new(null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    public string? Problem(DateTimeOffset now) =>
        KeyHash is null || ISharedDocument.AreMoments(now, Since, ProbedAt) ? null : "a key is held since a moment that cannot be.";
}
