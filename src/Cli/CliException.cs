namespace Courier.Cli;

/// <summary>A command cannot do what it was asked; the message is one sentence with a remedy.</summary>
internal sealed class CliException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
