using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Infrastructure;

/// <summary>The function app as it is deployed.</summary>
[Collection(nameof(Templates))]
public sealed class AppTests(Templates templates)
{
    [Fact]
    public void Running_calls_end_before_an_update_unless_a_region_cannot_do_that()
    {
        Assert.Equal("RollingUpdate", Config(templates.Least).GetProperty("siteUpdateStrategy").GetProperty("type").GetString());
        Assert.Equal("Recreate", Config(templates.Full).GetProperty("siteUpdateStrategy").GetProperty("type").GetString());
    }

    [Fact]
    public void Instances_are_always_ready_for_requests_where_asked_for()
    {
        Assert.Equal("[]", Config(templates.Least).GetProperty("scaleAndConcurrency").GetProperty("alwaysReady").GetRawText());
        JsonElement ready = Assert.Single(Config(templates.Full).GetProperty("scaleAndConcurrency").GetProperty("alwaysReady").EnumerateArray());
        Assert.Equal(("function:ProcessRequest", 1), (ready.GetProperty("name").GetString(), ready.GetProperty("instanceCount").GetInt32()));
    }

    [Fact]
    public void Runtime_is_the_one_that_the_code_is_built_for()
    {
        string props = File.ReadAllText(Repository.PathOf("Directory.Build.props"));
        JsonElement runtime = Config(templates.Least).GetProperty("runtime");

        Assert.Equal("dotnet-isolated", runtime.GetProperty("name").GetString());
        Assert.Contains($"<TargetFramework>net{runtime.GetProperty("version").GetString()}</TargetFramework>", props, StringComparison.Ordinal);
    }

    /// <summary>The platform resolves <c>%…%</c> of a trigger from a setting of just that name, and wakes no app by one with a section.</summary>
    [Fact]
    public void Triggers_find_their_queues_in_settings_without_a_section()
    {
        string[] triggers = [.. FunctionsMetadata.Read().SelectMany(function => function.Queues).Order()];

        Assert.Equal(["%PoisonQueue%", "%RequestQueue%"], triggers);
        Dictionary<string, string> deployed = templates.Settings.Output("defaults");
        JsonElement sample = JsonElement.Parse(File.ReadAllText(Repository.PathOf("local.settings.sample.json"))).GetProperty("Values");
        Assert.All(triggers.Select(trigger => trigger.Trim('%')), name =>
        {
            Assert.Equal(name, name.Split("__")[0].Split(':')[0]);
            Assert.Equal(deployed[name], sample.GetProperty(name).GetString());
        });
    }

    private static JsonElement Config(Deployment deployment) => deployment.One("Microsoft.Web/sites").GetProperty("properties").GetProperty("functionAppConfig");
}
