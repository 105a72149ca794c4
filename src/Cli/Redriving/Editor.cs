using System.ComponentModel;
using System.Diagnostics;

namespace Courier.Cli.Redriving;

/// <summary>The operator's own editor, as <c>VISUAL</c> or <c>EDITOR</c> names it, its options included.</summary>
internal static class Editor
{
    /// <summary>Lets the operator edit the file until the editor ends.</summary>
    /// <exception cref="CliException">There is no editor, or it failed.</exception>
    public static async Task OpenAsync(string file, CancellationToken cancellationToken)
    {
        string[] words = Words("VISUAL") ?? Words("EDITOR") ?? throw new CliException("--edit needs an editor: set EDITOR.", ExitCode.Usage);
        try
        {
            using Process process = Process.Start(words[0], [.. words[1..], file]);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new CliException($"The editor '{words[0]}' ended with exit code {process.ExitCode}: nothing was sent.");
        }
        catch (Win32Exception e)
        {
            throw new CliException($"The editor '{words[0]}' cannot be started ({e.Message}): set EDITOR.", ExitCode.Usage);
        }
    }

    private static string[]? Words(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : null;
}
