using Courier.Contracts.Wild;
using Courier.Tests.Schemas;

namespace Courier.Tests.Answers;

/// <summary>Answers as they come in the wild, sent to the byte over sockets, through the whole of Courier.</summary>
public sealed class WildAnswerTests
{
    public static TheoryData<string> Names => [.. WildAnswers.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answer_has_its_right_place(string name)
    {
        WildAnswer row = WildAnswers.All.Single(each => each.Name == name);
        int calls = 0;
        await using RawApi api = new(_ => row.Answers[Math.Min(Interlocked.Increment(ref calls), row.Answers.Length) - 1]);
        await using WildCourier courier = new(api.Address, WildAnswers.Settings);

        await courier.ProcessAsync($$"""{"id":"row",{{row.Request}}}""");

        WildOutcome outcome = await courier.TakeAsync();
        Assert.Equal((row.Outcome, row.Calls), (outcome.Of("row"), calls));
        Assert.All(row.Holds, part => Assert.Contains(part, outcome.Text, StringComparison.Ordinal));
        Assert.All(outcome.Results, result => Assert.Empty(Schema.Published("result").ErrorsAndUnknown(result)));
        Assert.All(outcome.Records, record => Assert.Empty(Schema.Published("dead-letter").ErrorsAndUnknown(record)));
    }
}
