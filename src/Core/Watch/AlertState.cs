using Courier.Outages;
using Courier.Sinks;
using Courier.Storage;

namespace Courier.Watch;

/// <summary>What has been told, and what is still to be sent: one small document that all instances share.</summary>
public sealed record AlertState : ISharedDocument
{
    public int Version { get; init; } = ISharedDocument.CurrentVersion;

    public const string Blob = "alerts.json";

    /// <summary>Nothing from before is expected.</summary>
    public required DateTimeOffset WatchingSince { get; init; }

    /// <summary>When the facts were read that this follows from.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>None too where the stored document says nothing: a generated reader sets every property.</summary>
    public OutageState Outage { get; init => field = value ?? OutageState.None; } = OutageState.None;

    /// <summary>The hold that was told of, by its beginning.</summary>
    public DateTimeOffset? CredentialSince { get; init; }

    public DateTimeOffset? DeadLettersToldAt { get; init; }

    /// <summary>When a call last succeeded, as far as any instance has told.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Since when requests wait without one having succeeded.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Since when a schedule was due without a call having succeeded: the first time, however often it is due.</summary>
    public DateTimeOffset? DueSince { get; init; }

    /// <summary>The silence that was told of, until a call succeeds.</summary>
    public DateTimeOffset? SilenceSince { get; init; }

    /// <summary>What the storage refuses was told of, by when it was met first.</summary>
    public DateTimeOffset? StorageBlockedSince { get; init; }

    public IReadOnlyList<PendingAlert> Pending { get; init => field = value ?? []; } = [];

    public string? Problem(DateTimeOffset now) => !ISharedDocument.AreMoments(
            now, WatchingSince, CredentialSince, DeadLettersToldAt, LastSuccessAt, WaitingSince, DueSince, SilenceSince, StorageBlockedSince, Outage.Since, Outage.ClosedAt)
        ? "it holds a moment that cannot be."
        : Pending.All(alert => alert is { Alert.Id: not null, Alert.Statistics: not null, Alert.Samples: not null, Sinks: not null }
            && ISharedDocument.AreMoments(now, alert.Alert.At, alert.Alert.Since, alert.NextTryAt, alert.FirstAt)) ? null : "an alert that is to be sent is none.";
}
