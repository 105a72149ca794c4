namespace Courier.Simulation;

/// <summary>Kinds of trouble, to be switched off one by one.</summary>
[Flags]
internal enum Trouble
{
    None = 0,

    /// <summary>An instance ends where it waits: for storage or for the API. Another takes its place within a minute.</summary>
    Crashes = 1,

    /// <summary>Operations of the storage that are refused, slow, lost, or not answered.</summary>
    Storage = 2,

    /// <summary>Another writer seems to have been faster.</summary>
    Conflicts = 4,

    /// <summary>For a minute somebody holds a lease on a shared document.</summary>
    Leases = 8,

    /// <summary>A shared document is overwritten with something, or deleted.</summary>
    State = 16,

    /// <summary>The instances' clocks are up to two seconds wrong.</summary>
    Clocks = 32,

    /// <summary>The API answers otherwise than 200.</summary>
    Api = 64,

    All = 127,
}
