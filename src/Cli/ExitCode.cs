namespace Courier.Cli;

/// <summary>What a command's end says to a script.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    /// <summary>The command line or the settings are wrong: the same again fails again.</summary>
    public const int Usage = 2;

    public const int NothingMatched = 3;

    /// <summary>A redrive that did not come to its end: the same reason came back, or it was cancelled.</summary>
    public const int Stopped = 4;

    public const int Interrupted = 130;

    /// <summary>Nobody reads the output any more: as of a program that SIGPIPE ends.</summary>
    public const int Unread = 141;
}
