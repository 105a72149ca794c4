using System.Text;

namespace Courier.Cli;

/// <summary>Text that the command line gives, as it stands, as <c>@file</c>, or as <c>-</c> for standard input.</summary>
internal static class Input
{
    public static async Task<string> ReadAsync(string word, CancellationToken cancellationToken)
    {
        if (word == "-")
            return await Console.In.ReadToEndAsync(cancellationToken);
        if (!word.StartsWith('@'))
            return word;
        return File.Exists(word[1..])
            ? await File.ReadAllTextAsync(word[1..], Encoding.UTF8, cancellationToken)
            : throw new CliException($"The file '{word[1..]}' was not found.", ExitCode.Usage);
    }
}
