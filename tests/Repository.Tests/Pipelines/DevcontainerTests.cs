using System.Text.Json;
using System.Xml.Linq;
using Courier.Contracts;

namespace Courier.Tests.Pipelines;

/// <summary>The devcontainer has what CONTRIBUTING.md asks for.</summary>
public sealed class DevcontainerTests
{
    private static readonly JsonElement s_container = JsonElement.Parse(File.ReadAllText(Repository.PathOf(".devcontainer", "devcontainer.json")));

    [Fact]
    public void Image_has_the_SDK_that_the_code_is_built_with()
    {
        string framework = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("TargetFramework").Single().Value;

        Assert.Contains($"-{framework["net".Length..]}-", s_container.GetProperty("image").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Node_is_that_of_the_pipelines()
    {
        string version = s_container.GetProperty("features").GetProperty("ghcr.io/devcontainers/features/node:1").GetProperty("version").GetString()!;

        Assert.All(
            Workflow.All.SelectMany(workflow => workflow.Lines).Where(line => line.Contains("node-version:", StringComparison.Ordinal)),
            line => Assert.Equal(version, line.Split(':')[1].Trim()));
    }
}
