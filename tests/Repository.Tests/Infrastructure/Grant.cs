using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Contracts;

namespace Courier.Tests.Infrastructure;

/// <summary>Who has which role on what, in the words of the table in infra/README.md.</summary>
internal sealed partial record Grant(string Who, string Role, string On)
{
    private static readonly Dictionary<char, string> s_principals = new() { ['1'] = "deployer", ['2'] = "operator", ['3'] = "sender", ['4'] = "keyKeeper" };

    /// <summary>The built-in roles' names by their ids, as infra/roles.bicep says.</summary>
    private static readonly Dictionary<string, string> s_roles =
        RoleId().Matches(File.ReadAllText(Repository.PathOf("infra", "roles.bicep"))).ToDictionary(role => role.Groups[2].Value, role => role.Groups[1].Value);

    public static IEnumerable<Grant> Of(Deployment deployment) => deployment.Of("Microsoft.Authorization/roleAssignments").Select(Of);

    /// <summary>The rows of the table.</summary>
    public static IEnumerable<Grant> Documented(Deployment deployment) =>
        File.ReadLines(Repository.PathOf("infra", "README.md")).SkipWhile(line => !line.StartsWith("| who | role | on |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .SelectMany(cells => Resources(cells[3], deployment).Select(on => new Grant(cells[1].Trim('`'), Camel(cells[2]), on)));

    private static Grant Of(JsonElement assignment)
    {
        JsonElement properties = assignment.GetProperty("properties");
        string principal = properties.GetProperty("principalId").GetString()!;
        string who = s_principals.TryGetValue(principal[0], out string? person) ? person
            : principal.Contains("userAssignedIdentities/id-courier-", StringComparison.Ordinal) ? "app" : principal;
        string[] scope = Scope().Match(assignment.GetProperty("id").GetString()!).Groups[1].Value.Split('/');
        return new Grant(who, s_roles[properties.GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]], Target(scope[^2], scope[^1]));
    }

    private static string Target(string type, string name) => type switch
    {
        "queues" => $"queue `{name}`",
        "containers" => $"container `{name}`",
        "secrets" => $"secret `{name}`",
        "storageAccounts" => "storage account",
        "components" => "Application Insights",
        "workspaces" => "workspace",
        "vaults" => "key vault",
        "sites" => "function app",
        _ => $"{type} {name}",
    };

    private static IEnumerable<string> Resources(string on, Deployment deployment) => on switch
    {
        "each queue" => deployment.Names("Microsoft.Storage/storageAccounts/queueServices/queues").Select(name => $"queue `{name}`"),
        "each container but the package's" => deployment.Names("Microsoft.Storage/storageAccounts/blobServices/containers").Where(name => name != "app-package").Select(name => $"container `{name}`"),
        _ => [on],
    };

    private static string Camel(string role) => char.ToLowerInvariant(role[0]) + role[1..].Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^  (\w+): '([0-9a-f-]{36})'", RegexOptions.Multiline)]
    private static partial Regex RoleId();

    /// <summary>What an assignment's id says before the assignment's own part; where that is known to Azure only, as an expression.</summary>
    [GeneratedRegex(@"^(?:\[extensionResourceId\(')?(/[^']+?)(?:'|/providers/Microsoft\.Authorization/)")]
    private static partial Regex Scope();
}
