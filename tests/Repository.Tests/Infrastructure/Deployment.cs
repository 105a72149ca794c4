using System.Text.Json;

namespace Courier.Tests.Infrastructure;

/// <summary>The resources that a deployment asks for. What only Azure knows, like an identity's id, stands there as an expression.</summary>
public sealed class Deployment(JsonElement snapshot)
{
    public string Json { get; } = snapshot.GetRawText();

    public IReadOnlyList<JsonElement> Resources { get; } = [.. snapshot.GetProperty("predictedResources").EnumerateArray()];

    public Dictionary<string, string> Output(string name) =>
        snapshot.GetProperty("outputs").GetProperty(name).EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

    public IEnumerable<JsonElement> Of(string type) => Resources.Where(resource => Text(resource, "type") == type);

    public JsonElement One(string type) => Assert.Single(Of(type));

    /// <summary>The last part of the names of all resources of this type.</summary>
    public IEnumerable<string> Names(string type) => Of(type).Select(resource => Text(resource, "name").Split('/')[^1]);

    private static string Text(JsonElement resource, string property) => resource.GetProperty(property).GetString()!;
}
