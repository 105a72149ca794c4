using System.CommandLine;
using Courier.Operations;

namespace Courier.Cli.Commands;

/// <summary>Who acts and why, and whether to ask.</summary>
internal static class OperatorOptions
{
    public static Option<string?> Why() => new("--reason-text") { Description = "Why; kept with who and when below audit/ in the container api-state.", HelpName = "text" };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask." };

    public static Operator Who(string? why) => new($"{Environment.UserName}@{Environment.MachineName}", why);
}
