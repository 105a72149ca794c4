namespace Courier.Cli.Tests;

/// <summary>What a command left behind.</summary>
public sealed record Ended(int ExitCode, string Output, string Error);
