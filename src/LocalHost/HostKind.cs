namespace Courier.LocalHost;

/// <summary>What the triggers run in.</summary>
public enum HostKind
{
    /// <summary>In this process, behind a listener of its own: starts at once, also without an emulator, and can be debugged.</summary>
    Local,

    /// <summary>In the worker as it is published, behind the Functions host's protocol and queue listener: what is deployed.</summary>
    Worker,
}
