using System.Reflection;
using Courier.Processing;
using Courier.Settings;

namespace Courier.Tests.Settings;

/// <summary>The settings that the code knows, from its options classes: every class of Core with a section of its own.</summary>
internal static class KnownSettings
{
    public static IReadOnlyList<Type> Options { get; } =
        [.. typeof(RequestProcessor).Assembly.GetTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionField(type) is not null)];

    /// <summary>In the form of environment variables: <c>Api__BaseUrl</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Options.SelectMany(options => Properties(options).Select(property => Name(options, property)))];

    public static string Name(Type options, PropertyInfo property) =>
        property.IsDefined(typeof(FlatSettingAttribute)) ? property.Name : $"{Section(options)}__{property.Name}";

    public static string Section(Type options) => (string)SectionField(options)!.GetRawConstantValue()!;

    /// <summary>What can be set; not what follows from it, nor a list of entries, which has no default.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => (property.SetMethod is { IsPublic: true } || property.PropertyType == typeof(Dictionary<string, string>)) && EntryOf(property) is null);

    /// <summary>The class of the list's entries, like one schedule; null when the property is no such list.</summary>
    public static Type? EntryOf(PropertyInfo property) =>
        property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && type != typeof(IReadOnlyList<string>)
            ? type.GenericTypeArguments[0] : null;

    private static FieldInfo? SectionField(Type options) => options.GetField("Section", BindingFlags.Public | BindingFlags.Static);
}
