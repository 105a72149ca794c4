using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Contracts;
using Json.Schema;

namespace Courier.Tests.Schemas;

/// <summary>A JSON Schema of this repository.</summary>
internal sealed class Schema
{
    private static readonly EvaluationOptions s_options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private static readonly Dictionary<string, Schema> s_published = new[] { "request", "result", "dead-letter", "alert" }
        .ToDictionary(name => name, name => new Schema(Repository.PathOf("schemas", name + ".schema.json")));

    private readonly JsonSchema _schema;
    private readonly JsonSchema _closed;

    public Schema(string file)
    {
        Root = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        _schema = JsonSchema.FromText(Root.ToJsonString());
        _closed = JsonSchema.FromText(Closed(Root).ToJsonString());
    }

    public JsonObject Root { get; }

    /// <summary>Of the folder <c>schemas</c>.</summary>
    public static Schema Published(string name) => s_published[name];

    /// <summary>What is wrong; nothing when the document is valid.</summary>
    public IReadOnlyList<string> Errors(JsonElement document) => Errors(_schema, document);

    /// <summary>The same, and whatever the schema does not name: it describes all that Courier writes, though readers need not know it all.</summary>
    public IReadOnlyList<string> ErrorsAndUnknown(JsonElement document) => Errors(_closed, document);

    public IReadOnlyList<string> ErrorsAndUnknown(ReadOnlyMemory<byte> document) => ErrorsAndUnknown(JsonElement.Parse(document.Span));

    private static IReadOnlyList<string> Errors(JsonSchema schema, JsonElement document)
    {
        EvaluationResults results = schema.Evaluate(document, s_options);
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty("invalid")];
    }

    private static JsonNode Closed(JsonNode node)
    {
        JsonNode copy = node.DeepClone();
        copy.AsObject().Remove("$id"); // another schema than the one of this name
        foreach (JsonObject each in Objects(copy).Where(each => each["properties"] is JsonObject && each["type"] is not null && each["additionalProperties"] is null).ToList())
            each["additionalProperties"] = false;
        return copy;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject single => single.SelectMany(property => Objects(property.Value)).Prepend(single),
        JsonArray many => many.SelectMany(Objects),
        _ => [],
    };
}
