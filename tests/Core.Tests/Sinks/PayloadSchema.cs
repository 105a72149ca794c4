using Courier.Contracts;
using Courier.Tests.Schemas;

namespace Courier.Tests.Sinks;

/// <summary>What a receiver accepts: our own schema of an alert, and what Slack, Teams and PagerDuty publish.</summary>
internal static class PayloadSchema
{
    private static readonly Dictionary<string, Schema> s_schemas = new[] { "slack", "teams", "pagerduty" }
        .ToDictionary(name => name, name => new Schema(Repository.PathOf("tests", "Core.Tests", "Sinks", "Schemas", name + ".json")));

    /// <summary>What is wrong with a payload; nothing when the receiver takes it.</summary>
    public static IReadOnlyList<string> Errors(string format, ReadOnlyMemory<byte> payload) =>
        s_schemas.GetValueOrDefault(format, Schema.Published("alert")).ErrorsAndUnknown(payload);
}
