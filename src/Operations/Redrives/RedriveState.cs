namespace Courier.Operations.Redrives;

/// <summary>How far a redrive has come.</summary>
public enum RedriveState
{
    /// <summary>Under way, or killed: then it can be gone on with.</summary>
    Running,

    /// <summary>All are sent, and what became of them is known, unless they were sent all at once.</summary>
    Finished,

    /// <summary>One came back for the reason that it had before: the rest was not sent.</summary>
    Stopped,

    /// <summary>An operator said so: the rest was not sent.</summary>
    Cancelled,
}
