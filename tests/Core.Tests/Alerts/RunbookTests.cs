using System.Text.RegularExpressions;
using Courier.Alerts;
using Courier.Contracts;
using Courier.Routing;
using Courier.Watch;

namespace Courier.Tests.Alerts;

/// <summary>docs/runbook.md has a section under the very name that an alert links to or a dead letter carries.</summary>
public sealed partial class RunbookTests
{
    private static readonly string s_runbook = File.ReadAllText(Repository.PathOf(new AlertOptions().RunbookUrl.Split('/')));

    public static TheoryData<string> Names =>
        [.. Enum.GetValues<AlertKind>().Select(kind => kind.Text()), .. Enum.GetValues<DeadLetterReason>().Select(reason => reason.Text())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_and_reason_has_its_section(string name) => Assert.Single(Headings(), heading => heading == name);

    [Fact]
    public void Links_within_the_page_lead_somewhere()
    {
        string[] anchors = [.. Headings().Select(heading => heading.ToLowerInvariant().Replace(' ', '-'))];

        Assert.All(Link().Matches(s_runbook).Select(link => link.Groups[1].Value), anchor => Assert.Contains(anchor, anchors));
    }

    private static IEnumerable<string> Headings() => Heading().Matches(s_runbook).Select(heading => heading.Groups[1].Value);

    [GeneratedRegex(@"^#{2,3} (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex Link();
}
