using System.CommandLine;
using Courier.Cli.Output;

namespace Courier.Cli.Commands;

/// <summary>The option <c>--output</c>.</summary>
internal static class Formats
{
    public static Option<OutputFormat> Option(params OutputFormat[] formats)
    {
        string[] names = [.. formats.Select(format => format.ToString().ToLowerInvariant())];
        Option<OutputFormat> option = new("--output", "-o") { Description = string.Join(", ", names) + ".", DefaultValueFactory = _ => formats[0], HelpName = string.Join('|', names) };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}
