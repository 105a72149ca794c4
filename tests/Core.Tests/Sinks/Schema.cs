using System.Text;
using Courier.Contracts;
using NJsonSchema;

namespace Courier.Tests.Sinks;

/// <summary>What a receiver accepts, from its published reference.</summary>
internal static class Schema
{
    private static readonly Dictionary<string, JsonSchema> s_schemas = new[] { "generic", "slack", "teams", "pagerduty" }.ToDictionary(name => name, Read);

    /// <summary>What is wrong with a payload; nothing when the receiver takes it.</summary>
    public static IReadOnlyList<string> Errors(string format, ReadOnlyMemory<byte> payload) =>
        [.. s_schemas[format].Validate(Encoding.UTF8.GetString(payload.Span)).Select(error => error.ToString())];

    private static JsonSchema Read(string name)
    {
        string json = File.ReadAllText(Repository.PathOf("tests", "Core.Tests", "Sinks", "Schemas", name + ".json"));
        return JsonSchema.FromJsonAsync(json).GetAwaiter().GetResult();
    }
}
