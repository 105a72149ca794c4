using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Courier.Settings;

/// <summary>
/// Binds a section to its options one property at a time, so that every value that cannot be read is reported,
/// where the framework's binder stops at the first. So are the entries of a list. An empty value counts as not set: that is how a blank app setting arrives.
/// </summary>
internal sealed class SettingsBinder<TOptions>(IConfiguration configuration, string section) : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    public void Configure(TOptions options) => Bind(options);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        List<string> errors = Bind(options);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private List<string> Bind(TOptions options)
    {
        List<string> errors = [];
        Bind(options, section, errors);
        return errors;
    }

    private void Bind(object options, string path, List<string> errors)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            bool isFlat = path.Length == 0 || property.IsDefined(typeof(FlatSettingAttribute));
            IConfigurationSection setting = configuration.GetSection(isFlat ? property.Name : $"{path}:{property.Name}");
            if (property.GetValue(options) is Dictionary<string, string> map)
                SettingsMap.Bind(setting, map, errors);
            else if (property.PropertyType == typeof(IReadOnlyList<string>))
                BindList(setting, property, options);
            else if (SettingsEntries.ListedBy(property) is { } entry)
                BindEntries(setting, entry, property, options, errors);
            else if (property.SetMethod is { IsPublic: true } && (!string.IsNullOrWhiteSpace(setting.Value) || (setting.Value is not null && property.IsDefined(typeof(MayBeEmptyAttribute)))))
                BindValue(setting.Value, setting.Path, property, options, errors);
        }
    }

    private void BindEntries(IConfigurationSection setting, Type type, PropertyInfo property, object options, List<string> errors)
    {
        IReadOnlyList<(int Number, string Key)> entries = SettingsEntries.Of(setting, type, errors);
        Array list = Array.CreateInstance(type, entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            object entry = Activator.CreateInstance(type)!;
            if (entry is NumberedEntry numbered)
                numbered.Number = entries[i].Number;
            Bind(entry, entries[i].Key, errors);
            list.SetValue(entry, i);
        }

        property.SetValue(options, list);
    }

    private static void BindList(IConfigurationSection setting, PropertyInfo property, object options)
    {
        string[] items = setting.Value is { Length: > 0 } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. setting.GetChildren().Select(child => child.Value ?? "").Where(value => value.Length > 0)];
        if (items.Length > 0)
            property.SetValue(options, items);
    }

    private static void BindValue(string text, string key, PropertyInfo property, object options, List<string> errors)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            if (type.IsEnum && !Enum.GetNames(type).Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
                throw new FormatException(); // the converter takes numbers, and names with commas between them
            object? value = type == typeof(Uri)
                ? new Uri(text.Trim(), UriKind.RelativeOrAbsolute)
                : TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text.Trim());
            property.SetValue(options, value);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            errors.Add($"{key} is '{text}': it must be {Expected(type)}.");
        }
    }

    private static string Expected(Type type) =>
        type == typeof(TimeSpan) ? "a duration like 00:00:30 (hours:minutes:seconds) or 3.00:00:00 (days first)"
        : type == typeof(int) ? "a whole number"
        : type == typeof(double) ? "a number with a decimal point"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Uri) ? "an address"
        : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()
        : $"a {type.Name}";
}
