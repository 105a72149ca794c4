namespace Courier.Alerts;

/// <summary>What an alert is about. Written in kebab case (<see cref="AlertKinds.Text"/>).</summary>
public enum AlertKind
{
    /// <summary>Most calls have failed for long enough.</summary>
    ApiOutage,

    /// <summary>The reminder that they still do.</summary>
    ApiOutageContinues,

    /// <summary>They do not any more.</summary>
    ApiRecovered,

    /// <summary>The API refuses the key, confirmed by a probe or by three requests; nothing is called with it.</summary>
    CredentialRejected,

    /// <summary>The API accepts the key again, or another key was set.</summary>
    CredentialRestored,

    /// <summary>Within an hour <c>Alerts:DeadLettersPerHour</c> requests were given up.</summary>
    DeadLettersRising,

    /// <summary>Requests wait, or a schedule was due, and for <c>Alerts:SilenceAfter</c> no call has succeeded.</summary>
    Silence,

    /// <summary>The storage refuses something until a person mends it: a lease, a policy, a missing right.</summary>
    StorageBlocked,
}
