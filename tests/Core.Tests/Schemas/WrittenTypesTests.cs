using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Courier.Alerts;
using Courier.Api;
using Courier.Messages;
using Courier.Routing;

namespace Courier.Tests.Schemas;

/// <summary>The schemas of what Courier writes name the fields of its types, no more and no less.</summary>
public sealed class WrittenTypesTests
{
    private static readonly NullabilityInfoContext s_nullability = new();

    private static readonly Dictionary<string, JsonTypeInfo> s_types = new()
    {
        ["result"] = MessageJson.Format.CompletedCall,
        ["dead-letter"] = MessageJson.Format.DeadLetterRecord,
        ["alert"] = AlertJson.Format.Alert,
    };

    public static TheoryData<string> Names => [.. s_types.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_has_the_fields_of_its_type(string name) => Compare(name, s_types[name], Schema.Published(name).Root, Schema.Published(name).Root);

    [Fact]
    public void Reasons_and_outcomes_are_all_of_them()
    {
        JsonObject deadLetter = Schema.Published("dead-letter").Root;

        Assert.Equal(Enum.GetValues<DeadLetterReason>().Select(reason => reason.Text()), Strings(deadLetter["properties"]!["reason"]!["enum"]));
        Assert.Equal(Outcomes(), Strings(deadLetter["$defs"]!["call"]!["properties"]!["outcome"]!["enum"]).Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<AlertKind>().Select(kind => kind.Text()), Strings(Schema.Published("alert").Root["properties"]!["kind"]!["enum"]));
    }

    [Fact]
    public void Result_and_dead_letter_describe_a_call_alike() =>
        Assert.True(JsonNode.DeepEquals(Schema.Published("result").Root["$defs"], Schema.Published("dead-letter").Root["$defs"]));

    /// <summary>As the constants of the closed cases spell them: no case is made here.</summary>
    private static IEnumerable<string> Outcomes() => typeof(CallResult).GetNestedTypes()
        .Select(type => ((CallResult)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Outcome).Order(StringComparer.Ordinal);

    private static void Compare(string where, JsonTypeInfo type, JsonNode schema, JsonObject root)
    {
        schema = schema["$ref"] is { } reference ? root["$defs"]![((string)reference!).Split('/')[^1]]! : schema;
        if (type.Kind == JsonTypeInfoKind.Enumerable)
            Compare(where + "[]", type.Options.GetTypeInfo(type.ElementType!), schema["items"]!, root);
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        JsonObject fields = schema["properties"]!.AsObject();
        JsonPropertyInfo[] written = [.. type.Properties.Where(property => property.Get is not null)];
        Assert.Equal((where, Sorted(written.Select(property => property.Name))), (where, Sorted(fields.Select(field => field.Key))));
        Assert.Equal((where, Sorted(written.Where(IsAlwaysThere).Select(property => property.Name))), (where, Sorted(Strings(schema["required"]))));
        foreach (JsonPropertyInfo property in written)
            Compare($"{where}.{property.Name}", type.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType), fields[property.Name]!, root);
    }

    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        s_nullability.Create((PropertyInfo)property.AttributeProvider!).ReadState == NullabilityState.NotNull
        || ((PropertyInfo)property.AttributeProvider!).GetCustomAttribute<System.Text.Json.Serialization.JsonIgnoreAttribute>() is { Condition: System.Text.Json.Serialization.JsonIgnoreCondition.Never };

    private static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Strings(JsonNode? array) => array is null ? [] : array.AsArray().Where(item => item is not null).Select(item => (string)item!);
}
