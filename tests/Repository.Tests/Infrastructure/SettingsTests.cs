using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Courier.Contracts;
using Courier.Schedules;
using Courier.Tests.Settings;

namespace Courier.Tests.Infrastructure;

/// <summary>The templates set what the code knows, under the same names, to the same defaults.</summary>
[Collection(nameof(Templates))]
public sealed class SettingsTests(Templates templates)
{
    /// <summary>
    /// Set elsewhere: the key is a reference to the vault, headers have whatever names they have, webhooks are secrets among the parameters,
    /// the older name of a queue is not used, and a deployment's name is for several that share an account, where each of these has its own.
    /// </summary>
    private static readonly string[] s_elsewhere = ["Api__Key", "Api__Headers", "Alerts__Webhooks", "Queues__Requests", "Deployment__Name"];

    private readonly Dictionary<string, string> _defaults = templates.Settings.Output("defaults");

    [Fact]
    public void Every_setting_of_the_code_is_deployed() => Assert.Empty(KnownSettings.Names.Except(s_elsewhere).Except(_defaults.Keys));

    [Fact]
    public void Every_deployed_setting_is_one_of_the_code() => Assert.Empty(_defaults.Keys.Except(KnownSettings.Names));

    [Fact]
    public void Deployed_defaults_are_valid() =>
        Assert.Empty(SettingFilesTests.Errors(_defaults.ToDictionary(setting => SettingFilesTests.Key(setting.Key), setting => (string?)setting.Value)));

    [Fact]
    public void Deployed_defaults_are_the_code_s_own()
    {
        foreach (Type type in KnownSettings.Options)
        {
            object options = Activator.CreateInstance(type)!;
            foreach (PropertyInfo property in KnownSettings.Properties(type))
            {
                if (_defaults.TryGetValue(KnownSettings.Name(type, property), out string? text) && text.Length > 0 && property.GetValue(options) is { } value)
                    Assert.Equal(value, Parse(text, property.PropertyType));
            }
        }
    }

    [Fact]
    public void Poison_queue_follows_the_request_queue()
    {
        Assert.Equal(("api-requests", "api-requests-poison"), (_defaults["RequestQueue"], _defaults["PoisonQueue"]));
        Assert.Equal(("others", "others-poison"), (templates.Settings.Output("other")["RequestQueue"], templates.Settings.Output("other")["PoisonQueue"]));
    }

    [Fact]
    public void Schedule_is_set_with_whatever_a_schedule_has_and_runs_in_UTC_by_default()
    {
        Dictionary<string, string> schedule = templates.Settings.Output("inUtc");

        Assert.Equal(KnownSettings.Properties(typeof(ScheduleSetting)).Select(property => $"Schedules__0__{property.Name}").Order(), schedule.Keys.Order());
        Assert.Equal("UTC", schedule["Schedules__0__TimeZone"]);
        Assert.Equal("Europe/Vienna", templates.Settings.Output("elsewhere")["Schedules__1__TimeZone"]);
        Assert.Empty(SettingFilesTests.Errors(schedule.ToDictionary(setting => SettingFilesTests.Key(setting.Key), setting => (string?)setting.Value)));
    }

    [Fact]
    public void Key_and_storage_account_come_from_the_platform()
    {
        string app = File.ReadAllText(Repository.PathOf("infra", "modules", "app.bicep"));

        foreach (string name in (string[])["Api__Key", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId"])
            Assert.Matches($@"(?m)^  {name}: ", app);
        Assert.DoesNotContain("Api__Key", _defaults.Keys);
    }

    /// <summary>The app gets the defaults, over them the schedules, over them what the parameter <c>settings</c> says.</summary>
    [Fact]
    public void What_a_deployer_sets_wins_over_the_defaults() => Assert.Contains(
        "union(variables('own'), reduce(variables('scheduled'), createObject(), lambda('merged', 'next', union(lambdaVariables('merged'), lambdaVariables('next')))), parameters('settings'))",
        templates.Compiled.GetRawText().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);

    private static object? Parse(string text, Type type) => type == typeof(Uri)
        ? new Uri(text)
        : TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).ConvertFromString(null, CultureInfo.InvariantCulture, text);
}
