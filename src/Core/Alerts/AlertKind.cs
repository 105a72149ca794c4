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

    /// <summary>The API refuses the key, confirmed by a probe; nothing is called with it.</summary>
    CredentialRejected,

    /// <summary>The API accepts the key again, or another key was set.</summary>
    CredentialRestored,

    /// <summary><c>Alerts:DeadLettersPerHour</c> is reached.</summary>
    DeadLettersRising,

    /// <summary>Requests wait, and for <c>Alerts:SilenceAfter</c> none was settled.</summary>
    Silence,
}
