using Courier.Contracts;
using YamlDotNet.RepresentationModel;

namespace Courier.Tests.Pipelines;

/// <summary>A workflow file, read as YAML.</summary>
internal sealed class Workflow
{
    private static readonly string s_folder = Repository.PathOf(".github", "workflows");

    private readonly YamlMappingNode _root;

    private Workflow(string file)
    {
        Name = Path.GetFileName(file);
        Lines = File.ReadAllLines(file);
        _root = Root(file);
    }

    public static IReadOnlyList<Workflow> All { get; } = [.. Directory.GetFiles(s_folder, "*.yml").Select(file => new Workflow(file))];

    public string Name { get; }

    public IReadOnlyList<string> Lines { get; }

    public IEnumerable<(string Name, YamlMappingNode Job)> Jobs => Map(_root, "jobs").Children.Select(pair => (pair.Key.ToString(), (YamlMappingNode)pair.Value));

    public IEnumerable<string> Runs => Steps.Select(step => Text(step, "run")).OfType<string>();

    /// <summary>What the token of every job may do that says nothing else.</summary>
    public IReadOnlyDictionary<string, string> Permissions => Entries(Map(_root, "permissions"));

    private IEnumerable<YamlMappingNode> Steps => Jobs.SelectMany(job => ((YamlSequenceNode)job.Job.Children["steps"]).Children.Cast<YamlMappingNode>());

    public static YamlMappingNode Root(string file)
    {
        using StreamReader reader = File.OpenText(file);
        YamlStream stream = [];
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) ? value.ToString() : null;

    public static IReadOnlyDictionary<string, string> Entries(YamlMappingNode node) => node.Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());

    public static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node.Children[key];
}
