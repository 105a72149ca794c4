using System.Xml.Linq;
using Courier.Contracts;

namespace Courier.Tests.Architecture;

/// <summary>The projects and the arrows between them, as docs/architecture.md draws them.</summary>
public sealed class ProjectsTests
{
    private static readonly Dictionary<string, XDocument> s_projects = Directory.GetDirectories(Repository.PathOf("src"))
        .SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => XDocument.Load(file));

    public static TheoryData<string> Names => [.. s_projects.Keys.Union(Drawing.Projects.Keys)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Project_knows_whom_the_drawing_says(string name) =>
        Assert.Equal(Drawing.Projects.GetValueOrDefault(name), References(name, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void Core_has_no_package_of_Azure_or_Functions() =>
        Assert.DoesNotContain(References("Core", "PackageReference"), package => package.Contains("Azure", StringComparison.OrdinalIgnoreCase) || package.Contains("Functions", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> References(string project, string kind) =>
        s_projects[project].Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
