using System.CommandLine;

namespace Courier.Cli;

/// <summary>Which storage account is meant.</summary>
internal static class AccountOptions
{
    public static Option<string?> Connection { get; } = new("--connection") { Description = "A storage account's connection string, in place of AzureWebJobsStorage.", Recursive = true, HelpName = "connection string" };

    public static Option<string?> Account { get; } = new("--account") { Description = "A storage account's name, with your own sign-in (az login, Visual Studio, a managed identity).", Recursive = true, HelpName = "name" };
}
