using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Courier.Contracts;

namespace Courier.Tests.Documents;

/// <summary>README.md's figures are those of the simulation.</summary>
public sealed partial class FrontDoorTests
{
    private const int Drain = 4, Refused = 7, Instances = 2;

    private static readonly (string Run, string Says)[] s_rows =
    [
        ("backlog without a reserve", "Courier"),
        ("backlog of 10,000, each by its own 429", "each message put back by its own 429"),
        ("backlog of 10,000, platform defaults", "queue trigger and standard resilience handler, all defaults"),
    ];

    [Fact]
    public void Figures_are_those_of_the_simulation()
    {
        StringBuilder table = new("| | done after | calls that were refused |\n|---|---|---|\n");
        string[][] runs = [.. File.ReadLines(Repository.PathOf("docs", "pacing.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        foreach ((string run, string says) in s_rows)
        {
            string[] cells = Run(runs, run);
            table.Append(CultureInfo.InvariantCulture, $"| {says} | {cells[Drain]} | {cells[Refused].Split(" (")[0]} |\n");
        }

        int[] defaults = [.. Numbers().Matches(Run(runs, "backlog of 25,000, platform defaults")[Refused]).Select(number => int.Parse(number.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];
        table.Append(CultureInfo.InvariantCulture, $"\nOf 25,000 requests, {25_000 - (defaults[1] - defaults[0]):N0} end on the poison queue with the defaults, where a message that is refused five times is given up.\n");
        GeneratedRegion.Check(table.ToString(), "README.md");
    }

    [Fact]
    public void First_line_is_the_question() =>
        Assert.Equal("# How do I keep a queue trigger under 5,000 calls an hour?", File.ReadLines(Repository.PathOf("README.md")).First());

    private static string[] Run(string[][] runs, string name) => runs.First(row => row[1] == name && row[Instances] == "4");

    [GeneratedRegex(@"[\d,]{2,}")]
    private static partial Regex Numbers();
}
