using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Courier.Contracts;
using Courier.Schedules;
using static Courier.Functions.Tests.KnownSettings;

namespace Courier.Functions.Tests;

/// <summary>infra/main.bicep sets what the code knows, under the same names, to the same defaults.</summary>
public sealed partial class InfrastructureTests
{
    /// <summary>
    /// Set elsewhere: the key is a reference to the vault, headers have whatever names they have, and webhooks are secrets among the parameters.
    /// The queues of the triggers come from one parameter; the older name of one of them is not used.
    /// </summary>
    private static readonly string[] s_elsewhere = ["Api__Key", "Api__Headers", "Alerts__Webhooks", "RequestQueue", "PoisonQueue", "Queues__Requests"];

    private static readonly Dictionary<string, string> s_defaults = Read();

    [Fact]
    public void Every_setting_of_the_code_is_deployed() => Assert.Empty(Names.Except(s_elsewhere).Except(s_defaults.Keys));

    [Fact]
    public void Every_deployed_setting_is_one_of_the_code()
    {
        HashSet<string> sections = [.. Options.Select(Section)];

        Assert.Empty(s_defaults.Keys.Where(name => sections.Contains(name.Split("__")[0])).Except(Names));
    }

    [Fact]
    public void Deployed_defaults_are_valid() =>
        Assert.Empty(SettingFilesTests.Errors(s_defaults.ToDictionary(setting => SettingFilesTests.Key(setting.Key), setting => (string?)setting.Value)));

    [Fact]
    public void Deployed_defaults_are_the_code_s_own()
    {
        foreach (Type type in Options)
        {
            object options = Activator.CreateInstance(type)!;
            foreach (PropertyInfo property in Properties(type))
            {
                if (s_defaults.TryGetValue(Name(type, property), out string? text) && text.Length > 0)
                    Assert.Equal(property.GetValue(options), Parse(text, property.PropertyType));
            }
        }
    }

    [Fact]
    public void Queues_of_the_triggers_come_from_one_parameter()
    {
        string bicep = File.ReadAllText(Repository.PathOf("infra", "main.bicep"));

        Assert.Matches(@"(?m)^param requestQueue string = 'api-requests'\r?$", bicep);
        Assert.Matches(@"(?m)^  RequestQueue: requestQueue\r?$", bicep);
        Assert.Matches(@"(?m)^  PoisonQueue: '\$\{requestQueue\}-poison'\r?$", bicep);
    }

    [Fact]
    public void Parameter_schedules_sets_whatever_a_schedule_has()
    {
        string bicep = File.ReadAllText(Repository.PathOf("infra", "main.bicep"));

        Assert.Equal(Properties(typeof(ScheduleSetting)).Select(property => property.Name), ScheduleEntry().Matches(bicep).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Key_and_storage_account_come_from_the_platform()
    {
        string app = File.ReadAllText(Repository.PathOf("infra", "modules", "app.bicep"));

        foreach (string name in (string[])["Api__Key", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId"])
            Assert.Matches($@"(?m)^  {name}: ", app);
        Assert.DoesNotContain("Api__Key", s_defaults.Keys);
    }

    private static object? Parse(string text, Type type) => type == typeof(Uri)
        ? new Uri(text)
        : TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).ConvertFromString(null, CultureInfo.InvariantCulture, text);

    /// <summary>The object <c>defaults</c>, read as text.</summary>
    private static Dictionary<string, string> Read()
    {
        string bicep = File.ReadAllText(Repository.PathOf("infra", "main.bicep"));
        string defaults = Defaults().Match(bicep).Groups[1].Value;
        return Setting().Matches(defaults).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }

    [GeneratedRegex(@"^var defaults = \{\r?\n(.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Defaults();

    [GeneratedRegex(@"^  'Schedules__\$\{i\}__(\w+)': ", RegexOptions.Multiline)]
    private static partial Regex ScheduleEntry();

    [GeneratedRegex(@"^  (\w+): '([^'$]*)'\r?$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
