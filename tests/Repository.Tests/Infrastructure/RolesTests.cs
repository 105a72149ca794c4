namespace Courier.Tests.Infrastructure;

/// <summary>The table "Who may do what" of infra/README.md is what is deployed.</summary>
[Collection(nameof(Templates))]
public sealed class RolesTests(Templates templates)
{
    /// <summary>Built-in roles that may do anything, or give rights away.</summary>
    private static readonly string[] s_tooMuch = ["owner", "contributor", "userAccessAdministrator", "keyVaultAdministrator"];

    [Fact]
    public void Roles_are_those_of_the_table() =>
        Assert.Equal(Grant.Documented(templates.Full).Select(grant => grant.ToString()).Order(), Grant.Of(templates.Full).Select(grant => grant.ToString()).Order());

    [Fact]
    public void Only_the_app_has_a_role_where_nobody_is_named() => Assert.All(Grant.Of(templates.Least), grant => Assert.Equal("app", grant.Who));

    [Fact]
    public void Nobody_gets_a_role_over_everything() => Assert.DoesNotContain(Grant.Of(templates.Full), grant => s_tooMuch.Contains(grant.Role));

    [Fact]
    public void Who_operates_cannot_change_the_code() => Assert.DoesNotContain(Grant.Of(templates.Full), grant =>
        grant.Who == "operator" && (grant.On is "storage account" or "function app" or "container `app-package`"));
}
