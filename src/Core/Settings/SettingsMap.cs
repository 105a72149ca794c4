using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Courier.Settings;

/// <summary>
/// Names and values that a setting holds, in any of three forms: <c>Key:name</c>, for names that a setting's own name can carry;
/// numbered entries <c>Key:0:Name</c> and <c>Key:0:Value</c>; or one text of lines <c>name: value</c>.
/// </summary>
internal static class SettingsMap
{
    private const string Forms = "it must be lines `Name: value`, or numbered entries";

    /// <param name="errors">What is wrong; a value may be a secret and is not shown.</param>
    public static void Bind(IConfigurationSection setting, Dictionary<string, string> map, List<string> errors)
    {
        BindLines(setting, map, errors);
        foreach (IConfigurationSection child in setting.GetChildren())
        {
            bool isNumber = int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _);
            if (isNumber)
                BindLines(child, map, errors);
            else if (!string.IsNullOrEmpty(child.Value))
                map[child.Key] = child.Value;
            if (child.GetChildren().Any(part => !string.IsNullOrWhiteSpace(part.Value)))
                BindEntry(child, isNumber, map, errors);
        }
    }

    private static void BindLines(IConfigurationSection setting, Dictionary<string, string> map, List<string> errors)
    {
        string[] lines = (setting.Value ?? "").Split('\n', StringSplitOptions.TrimEntries);
        for (int number = 1; number <= lines.Length; number++)
        {
            string[] parts = lines[number - 1].Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts is [{ Length: > 0 } name, var value])
                map[name] = value;
            else if (lines[number - 1].Length > 0)
                errors.Add($"{setting.Path} holds a line without a name, line {number} (it is not shown): {Forms} {setting.Path}:0:Name and {setting.Path}:0:Value.");
        }
    }

    private static void BindEntry(IConfigurationSection entry, bool isNumber, Dictionary<string, string> map, List<string> errors)
    {
        string name = entry["Name"]?.Trim() ?? "";
        string[] others = [.. entry.GetChildren().Select(part => part.Key).Where(key => !key.Equals("Name", StringComparison.OrdinalIgnoreCase) && !key.Equals("Value", StringComparison.OrdinalIgnoreCase))];
        if (!isNumber || others.Length > 0)
            errors.Add($"{entry.Path}{(isNumber ? ":" + others[0] : "")} is no setting: an entry is numbered and has a Name and a Value, like {entry.Path[..entry.Path.LastIndexOf(':')]}:0:Name.");
        else if (name.Length == 0)
            errors.Add($"{entry.Path}:Name is not set: it must be the name that {entry.Path}:Value (it is not shown) belongs to.");
        else if (entry["Value"] is { Length: > 0 } value)
            map[name] = value;
        else
            errors.Add($"{entry.Path}:Value is not set: it must be the value of '{name}'.");
    }
}
