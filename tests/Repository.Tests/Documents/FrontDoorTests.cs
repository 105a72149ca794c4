using System.Globalization;
using System.Text;
using Courier.Contracts;

namespace Courier.Tests.Documents;

/// <summary>README.md's figures are those of the simulation.</summary>
public sealed class FrontDoorTests
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
            string[] cells = runs.First(row => row[1] == run && row[Instances] == "4");
            table.Append(CultureInfo.InvariantCulture, $"| {says} | {cells[Drain]} | {cells[Refused].Split(" (")[0]} |\n");
        }

        GeneratedRegion.Check(table.ToString(), "README.md");
    }

    [Fact]
    public void First_line_is_the_question() =>
        Assert.Equal("# How do I keep a queue trigger under 5,000 calls an hour?", File.ReadLines(Repository.PathOf("README.md")).First());
}
