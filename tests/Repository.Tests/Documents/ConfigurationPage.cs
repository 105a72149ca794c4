using System.Globalization;
using System.Reflection;
using System.Text;
using Courier.AzureStorage;
using Courier.Settings;
using Courier.Tests.Settings;

namespace Courier.Tests.Documents;

/// <summary>The tables of docs/configuration.md, out of the options classes: names, defaults, what their comments say, and what their rules answer to wrong values.</summary>
internal static class ConfigurationPage
{
    /// <summary>The order of a reader's questions; what is not named here follows.</summary>
    private static readonly string[] s_order = [StorageAccountOptions.Section, "Api", "Queues", "Quota", "Resilience", "Routing", "", "Outage", "Alerts"];

    public static string Tables()
    {
        StringBuilder page = new();
        foreach (Type options in KnownSettings.Options.Append(typeof(StorageAccountOptions)).OrderBy(Place).ThenBy(options => options.Name, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {Heading(options)}\n\n{SourceComments.Of(options)}\n\n| key | default | meaning | allowed |\n|---|---|---|---|\n");
            foreach (Setting setting in Settings(options))
                page.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | {setting.Default} | {setting.Meaning} | {setting.Allowed} |\n");
            page.Append('\n');
        }

        return page.ToString();
    }

    private static string Heading(Type options) => KnownSettings.Section(options) switch
    {
        StorageAccountOptions.Section => "Storage",
        "" => "Schedules",
        var section => section,
    };

    private static int Place(Type options) => Array.IndexOf(s_order, KnownSettings.Section(options)) is >= 0 and var place ? place : s_order.Length;

    private static IEnumerable<Setting> Settings(Type options) =>
        options == typeof(StorageAccountOptions) ? options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => Of(options, property, StorageKey(property)))
        : options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting).SelectMany(property => Of(options, property));

    private static IEnumerable<Setting> Of(Type options, PropertyInfo property)
    {
        string section = KnownSettings.Section(options);
        string key = section.Length == 0 || property.IsDefined(typeof(FlatSettingAttribute)) ? property.Name : $"{section}:{property.Name}";
        if (property.PropertyType == typeof(Dictionary<string, string>))
            return [Of(options, property, $"{key}:<name>")];
        return KnownSettings.EntryOf(property) is { } entry
            ? entry.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(IsSetting).Select(part => Of(entry, part, $"{key}:<n>:{part.Name}"))
            : [Of(options, property, key)];
    }

    private static Setting Of(Type options, PropertyInfo property, string key) =>
        new(key, Default(property.GetValue(Activator.CreateInstance(options))), SourceComments.Of(options, property), AllowedValues.Of(key, property));

    private static bool IsSetting(PropertyInfo property) => property.SetMethod is { IsPublic: true } || property.PropertyType == typeof(Dictionary<string, string>);

    private static string StorageKey(PropertyInfo property) => property.Name == nameof(StorageAccountOptions.ConnectionString)
        ? StorageAccountOptions.Section
        : $"{StorageAccountOptions.Section}:{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}";

    private static string Default(object? value) => value switch
    {
        null or "" or Dictionary<string, string> => "–",
        IEnumerable<string> names => string.Join(", ", names.Select(name => $"`{name}`")),
        Uri address => $"`{address.OriginalString}`",
        bool or Enum => $"`{value.ToString()!.ToLowerInvariant()}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private sealed record Setting(string Key, string Default, string Meaning, string Allowed);
}
