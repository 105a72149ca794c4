using Courier.Contracts.Wild;

namespace Courier.Worker.Tests.Outcomes;

/// <summary>Answers as they come in the wild, through the worker as it is deployed.</summary>
public sealed class WildAnswerTests(WildRun run) : IClassFixture<WildRun>
{
    public static TheoryData<string> Names => [.. WildRun.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Answer_has_its_right_place(string name)
    {
        WildAnswer row = WildRun.Rows.Single(each => each.Name == name);
        string id = WildRun.IdOf(row);

        Assert.Equal(row.Outcome.StartsWith("later", StringComparison.Ordinal) ? "" : row.Outcome, run.Outcome(id));
        Assert.Equal(row.Calls, run.Calls(id));
    }
}
