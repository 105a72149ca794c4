using Courier.Contracts.Wild;

namespace Courier.Worker.Tests.Outcomes;

/// <summary>Answers as they come in the wild, through the worker as it is deployed.</summary>
public sealed class WildAnswerTests(WildRun run) : IClassFixture<WildRun>
{
    public static TheoryData<string> Names => [.. WildAnswers.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Answer_has_its_right_place(string name)
    {
        WildAnswer row = WildAnswers.All.Single(each => each.Name == name);

        Assert.Equal(row.Outcome, run.Outcome(WildRun.IdOf(row)));
        Assert.Equal(row.Calls, run.Calls(WildRun.IdOf(row)));
    }
}
