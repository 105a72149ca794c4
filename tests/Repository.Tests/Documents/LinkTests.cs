using System.Text.RegularExpressions;
using Courier.Contracts;

namespace Courier.Tests.Documents;

/// <summary>Links from page to page lead to a file, and to a heading in it.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents => [.. ShownCommand.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(document)!;
        foreach (Match link in Link().Matches(Code().Replace(Read(document), "")))
        {
            string target = link.Groups[1].Value is { Length: > 0 } path ? Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, path))) : document;
            string file = Repository.PathOf(target);
            Assert.True(File.Exists(file) || Directory.Exists(file), $"{document} links to {target}, which is not there");
            if (link.Groups[2].Value is { Length: > 0 } anchor && target.EndsWith(".md", StringComparison.Ordinal))
                Assert.True(Anchors(target).Contains(anchor), $"{document} links to {target}#{anchor}, a heading that is not there");
        }
    }

    private static HashSet<string> Anchors(string document) =>
        [.. Heading().Matches(Code().Replace(Read(document), "")).Select(heading => NoLetter().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string Read(string document) => File.ReadAllText(Repository.PathOf(document)).ReplaceLineEndings("\n");

    /// <summary>To a page of this repository.</summary>
    [GeneratedRegex(@"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    /// <summary>What GitHub leaves out of a heading's anchor.</summary>
    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoLetter();
}
