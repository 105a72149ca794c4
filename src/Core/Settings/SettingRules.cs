using System.Globalization;
using Microsoft.Extensions.Options;

namespace Courier.Settings;

/// <summary>Collects what is wrong with one section's settings: the key's name, its value, and what is allowed.</summary>
internal sealed class SettingRules(string section)
{
    private readonly List<string> _errors = [];

    public ValidateOptionsResult Result => _errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_errors);

    public void Between<T>(string key, T value, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        if (!(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0))
            _errors.Add($"{section}:{key} is '{Text(value)}': it must be between {Text(least)} and {Text(most)}.");
    }

    public void NotAbove<T>(string key, T value, string limitKey, T limit)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(limit) > 0)
            _errors.Add($"{section}:{key} is '{Text(value)}': it must not be above {section}:{limitKey}, which is '{Text(limit)}'.");
    }

    public void Holds(bool rule, string key, object? value, string allowed)
    {
        if (!rule)
            _errors.Add($"{section}:{key} is '{value}': it must be {allowed}.");
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
