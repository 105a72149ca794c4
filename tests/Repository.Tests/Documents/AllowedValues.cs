using System.Reflection;
using System.Text.RegularExpressions;
using Courier.Tests.Settings;

namespace Courier.Tests.Documents;

/// <summary>What a setting may be, in the words with which the start refuses what it may not be.</summary>
internal static partial class AllowedValues
{
    /// <summary>Wrong values of settings that are no numbers, durations or switches.</summary>
    private static readonly Dictionary<string, string> s_wrong = new()
    {
        ["Api:BaseUrl"] = "http://api.example.com",
        ["Api:Scheme"] = "two words",
        ["Api:KeyHeader"] = "Host",
        ["Api:StatusPageUrl"] = "/status",
        ["RequestQueue"] = "Capitals",
        ["Queues:Results"] = "Capitals",
        ["Queues:DeadLetters"] = "Capitals",
        ["Queues:Alerts"] = "Capitals",
        ["PoisonQueue"] = "another",
        ["Queues:Requests"] = "another",
        ["Alerts:RunbookUrl"] = "#",
        ["Alerts:Webhooks:<n>:Url"] = "http://hooks.example.com",
        ["Schedules:<n>:Name"] = "#",
        ["Schedules:<n>:Cron"] = "* *",
        ["Schedules:<n>:TimeZone"] = "Nowhere",
    };

    public static string Of(string key, PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(bool))
            return "`true`, `false`";
        if (type.IsEnum)
            return string.Join(", ", Enum.GetNames(type).Select(name => $"`{name.ToLowerInvariant()}`"));
        string? wrong = type == typeof(TimeSpan) ? "-1.00:00:00" : type == typeof(int) || type == typeof(double) ? "-1" : s_wrong.GetValueOrDefault(key);
        if (wrong is null)
            return "";
        string allowed = Answer(key, wrong);
        return Limits().Match(allowed) is { Success: true } limits && Answer(key, limits.Groups[2].Value) is { Length: > 0 } other && NotAbove().Match(other) is { Success: true } above
            ? $"{Range(allowed)}; not above `{above.Groups[1].Value}`"
            : Range(allowed);
    }

    private static string Range(string allowed) => NoZeros().Replace(Limits().Replace(allowed, "$1 to $2"), "$1");

    /// <summary>What the start says to this value after "it must be"; nothing when it is content.</summary>
    private static string Answer(string key, string value)
    {
        string set = key.Replace("<n>", "0", StringComparison.Ordinal);
        string? error = SettingFilesTests.Errors(new() { [set] = value }).FirstOrDefault(error => error.StartsWith($"{set} ", StringComparison.Ordinal));
        return error is null ? "" : MustBe().Match(error).Groups[1].Value.Replace("|", "\\|", StringComparison.Ordinal);
    }

    /// <summary>Up to the end of the sentence: what follows is about the value that was given.</summary>
    [GeneratedRegex(@"it must (?:be )?(.*?)\.?(?=\. [A-Z]|$)", RegexOptions.Singleline)]
    private static partial Regex MustBe();

    [GeneratedRegex(@"^between (\S+) and (\S+)$")]
    private static partial Regex Limits();

    /// <summary>Ticks that say nothing at the end of a duration's fraction.</summary>
    [GeneratedRegex(@"(\.\d*?[1-9])0+(?= |$)")]
    private static partial Regex NoZeros();

    [GeneratedRegex(@"^not be above (\S+), which")]
    private static partial Regex NotAbove();
}
