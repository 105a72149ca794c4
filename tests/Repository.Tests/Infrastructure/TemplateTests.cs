using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Infrastructure;

/// <summary>The templates as a whole.</summary>
[Collection(nameof(Templates))]
public sealed class TemplateTests(Templates templates)
{
    [Fact]
    public void Templates_compile_and_lint_without_a_word() => Assert.Equal("", templates.Diagnostics);

    [Fact]
    public void Templates_are_formatted() => Assert.Empty(templates.Unformatted);

    [Fact]
    public void Deploying_needs_a_name_and_a_region_only()
    {
        string[] required = [.. templates.Compiled.GetProperty("parameters").EnumerateObject().Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name)];

        Assert.Equal(["environmentName", "location"], required);
    }

    [Fact]
    public void Every_parameter_of_azd_exists()
    {
        JsonElement file = JsonElement.Parse(File.ReadAllText(Repository.PathOf("infra", "main.parameters.json")));

        Assert.Empty(Names(file.GetProperty("parameters")).Except(Names(templates.Compiled.GetProperty("parameters"))));
    }

    /// <summary>What a deployment asks for depends on its parameters alone: neither the time nor chance has a say in it.</summary>
    [Fact]
    public async Task Deploying_twice_asks_for_the_same()
    {
        Deployment again = await templates.DeployAsync("again", Parameters.Least);

        Assert.Equal(templates.Least.Resources.Select(resource => resource.GetRawText()), again.Resources.Select(resource => resource.GetRawText()));
        Assert.DoesNotContain("utcNow", templates.Compiled.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("newGuid", templates.Compiled.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Deploying_without_the_key_leaves_the_secret_and_the_app_s_right_to_it_alone()
    {
        JsonElement vault = templates.Compiled.GetProperty("resources").EnumerateObject().Single(module => module.Name == "vault").Value
            .GetProperty("properties").GetProperty("template").GetProperty("resources");

        Assert.All((string[])["secret", "grant"], name => Assert.Equal("[not(empty(parameters('apiKey')))]", vault.GetProperty(name).GetProperty("condition").GetString()));
        Assert.False(vault.GetProperty("vault").TryGetProperty("condition", out _));
    }

    /// <summary>Parameters that are marked as secure are kept out of a deployment's history, and out of these.</summary>
    [Fact]
    public void Key_stands_in_its_secret_and_no_secret_is_seen()
    {
        Assert.Equal("[parameters('apiKey')]", templates.Full.One("Microsoft.KeyVault/vaults/secrets").GetProperty("properties").GetProperty("value").GetString());
        Assert.DoesNotContain(Parameters.Key, templates.Full.Json, StringComparison.Ordinal);
        Assert.DoesNotContain(Parameters.Webhook, templates.Full.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", false)]
    [InlineData("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", false)]
    [InlineData("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", true)]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth", true)]
    [InlineData("Microsoft.KeyVault/vaults", "enableRbacAuthorization", true)]
    [InlineData("Microsoft.KeyVault/vaults", "enablePurgeProtection", true)]
    [InlineData("Microsoft.Web/sites", "httpsOnly", true)]
    public void Nothing_answers_to_a_key_or_in_the_clear(string type, string property, bool expected) =>
        Assert.Equal(expected, templates.Least.One(type).GetProperty("properties").GetProperty(property).GetBoolean());

    private static IEnumerable<string> Names(JsonElement parameters) => parameters.EnumerateObject().Select(parameter => parameter.Name);
}
