using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Courier.Settings;

/// <summary>The entries of a list in the settings, like <c>Schedules:0</c>: by their numbers, which may have gaps. What is misspelt is an error, unlike elsewhere.</summary>
internal static class SettingsEntries
{
    /// <summary>The options class that the property lists; null when it is no such list.</summary>
    public static Type? ListedBy(PropertyInfo property) =>
        property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        && type.GenericTypeArguments[0] is { IsClass: true } entry && entry != typeof(string) ? entry : null;

    public static IReadOnlyList<(int Number, string Key)> Of(IConfigurationSection list, Type entry, List<string> errors)
    {
        if (!string.IsNullOrWhiteSpace(list.Value))
            errors.Add($"{list.Path} has a value of its own (it is not shown): it must be a list of numbered entries, like {list.Path}:0:{Names(entry).First()}.");
        List<(int Number, string Key)> entries = [];
        foreach (IConfigurationSection child in list.GetChildren().Where(IsSet))
        {
            if (int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                entries.Add((number, child.Path));
            else
                errors.Add($"{child.Path} is no entry of a list: the entries are numbered, like {list.Path}:0:{Names(entry).First()}.");
            errors.AddRange(child.GetChildren().Where(IsSet).Select(setting => setting.Key).Except(Names(entry), StringComparer.OrdinalIgnoreCase)
                .Select(name => $"{child.Path}:{name} is no setting: it must be one of {string.Join(", ", Names(entry))}."));
        }

        return [.. entries.OrderBy(found => found.Number)];
    }

    private static IEnumerable<string> Names(Type entry) =>
        entry.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name);

    /// <summary>An empty value counts as not set, and an entry of such values as none.</summary>
    private static bool IsSet(IConfigurationSection setting) => setting.AsEnumerable().Any(pair => !string.IsNullOrWhiteSpace(pair.Value));
}
