using System.Text.RegularExpressions;

namespace Courier.LocalHost.Worker;

/// <summary>What the worker's log line <c>request.settled</c> says: all that a host hears of what became of a message.</summary>
public sealed partial record SettledLine(string Id, string Outcome, string Disposition)
{
    /// <summary>Null for any other line.</summary>
    public static SettledLine? Parse(string line) => Form().Match(line) is { Success: true } match
        ? new SettledLine(match.Groups["id"].Value, match.Groups["outcome"].Value, match.Groups["disposition"].Value)
        : null;

    [GeneratedRegex(@"^request\.settled (?<id>\S+) attempt \d+: (?<outcome>\S+) .*?-> (?<disposition>\S+)")]
    private static partial Regex Form();
}
