using System.Text.Json.Nodes;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Schemas;

/// <summary>The AsyncAPI document speaks of the queues and schemas that there are.</summary>
public sealed class AsyncApiTests
{
    private static readonly JsonObject s_document = JsonNode.Parse(File.ReadAllText(Repository.PathOf("schemas", "asyncapi.json")))!.AsObject();

    [Fact]
    public void Channels_are_the_queues()
    {
        QueueOptions queues = new();

        Assert.Equal([queues.RequestName, queues.Results, queues.DeadLetters, queues.Alerts], s_document["channels"]!.AsObject().Select(channel => (string)channel.Value!["address"]!));
    }

    [Fact]
    public void Messages_are_the_schemas() => Assert.Equal(
        Directory.GetFiles(Repository.PathOf("schemas"), "*.schema.json").Select(Path.GetFileName).Order(StringComparer.Ordinal),
        s_document["components"]!["messages"]!.AsObject().Select(message => (string?)message.Value!["payload"]!["schema"]!["$ref"]).Order(StringComparer.Ordinal));

    [Fact]
    public void References_lead_somewhere() => Assert.All(References(s_document).Where(reference => reference.StartsWith('#')), reference =>
        Assert.NotNull(reference.Split('/').Skip(1).Aggregate((JsonNode?)s_document, (node, name) => node?[name])));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject single => single.SelectMany(property => property is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(property.Value)),
        JsonArray many => many.SelectMany(References),
        _ => [],
    };
}
