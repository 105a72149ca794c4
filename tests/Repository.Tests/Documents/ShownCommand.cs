using System.Text.RegularExpressions;
using Courier.Contracts;

namespace Courier.Tests.Documents;

/// <summary>A command that a document shows, in a block or within a sentence.</summary>
internal sealed partial record ShownCommand(string Document, string Text)
{
    private static readonly string[] s_left = ["node_modules", "bin", "obj", "findings", "TestResults"];

    public static IReadOnlyList<string> Documents { get; } =
        [.. Directory.GetFiles(Repository.Root, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(s_left.Contains)).Order(StringComparer.Ordinal)];

    public static IEnumerable<ShownCommand> All() => Documents.SelectMany(document =>
    {
        string text = Repository.PathOf(document.Split('/')) is var file ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        IEnumerable<string> blocks = Block().Matches(text).SelectMany(block => block.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));
        IEnumerable<string> inline = Inline().Matches(AnyBlock().Replace(text, "")).Select(code => code.Groups[1].Value);
        return blocks.Concat(inline).Select(line => Comment().Replace(line, "").Trim()).Where(line => line.Length > 0).Select(line => new ShownCommand(document, Spaces().Replace(line, " ")));
    });

    [GeneratedRegex(@"^```(?:bash|sh|shell|powershell|console)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    /// <summary>Of what stands in a sentence: calls of the repository's script, of the command-line tool, of Azure's tools.</summary>
    [GeneratedRegex(@"`((?:\./dev|courier|az|azd|dotnet|npm|func) [^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\s#\s.*$|^#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
