using System.Text.Json;
using Courier.LocalHost.Worker;
using Courier.Worker.Tests.Hosting;

namespace Courier.Worker.Tests.Outcomes;

/// <summary>What becomes of a request, through the worker as it is deployed.</summary>
public sealed class OutcomeTableTests(TableRun run) : IClassFixture<TableRun>
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (OutcomeRow row in OutcomeTable.Rows)
            {
                foreach (string encoding in TableRun.Encodings)
                    rows.Add(row.Name, encoding);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Request_ends_in_one_place_after_as_many_calls_as_its_row_says(string name, string encoding)
    {
        OutcomeRow row = OutcomeTable.Rows.Single(row => row.Name == name);
        string id = $"{name}-{encoding}";

        Assert.Equal(row.Ends, Ends(id));
        Assert.Equal(row.Calls, run.Calls.Count(call => call.Path.EndsWith($"row={id}", StringComparison.Ordinal)));
        Assert.All(row.Pages, page => Assert.Equal(page.Ends, Ends(id + page.Suffix)));
        if ((run.Result(id) ?? run.DeadLetter(id)) is { } written && row.Before.Length > 0)
            Assert.Equal(row.Before, Outcomes(written).SkipLast(1));
        if (row.Says.Length > 0)
            Assert.Contains(row.Says, run.DeadLetter(id)?.GetProperty("cause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Message_that_the_host_gave_up_becomes_a_dead_letter_without_a_call()
    {
        Assert.Equal("crashed", Ends("crashed"));
        Assert.DoesNotContain(run.Calls, call => call.Path.EndsWith("row=crashed", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_settled_request_is_told_within_its_invocation()
    {
        WorkerLines lines = new(run.Journal);

        Assert.All(lines.Starting("request.settled"), line => Assert.NotNull(line.InvocationId));
        Assert.All(OutcomeTable.Rows, row => Assert.Contains(lines.Starting("request.settled"), line => line.Message.Contains($" {row.Name}-raw ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_settled_request_can_be_read_from_its_line()
    {
        string[] ends = [.. new WorkerLines(run.Journal).Starting("request.settled").Select(line => SettledLine.Parse(line.Message)!).Select(line => $"{line.Id} {line.Outcome} {line.Disposition}")];

        Assert.Contains("2xx-raw succeeded complete", ends);
        Assert.Contains("429-raw rate-limited reschedule", ends);
        Assert.Contains("expired-raw not-called dead-letter", ends);
        Assert.Contains("crashed not-called dead-letter", ends);
    }

    [Fact]
    public void No_line_that_an_operator_needs_comes_outside_an_invocation()
    {
        Assert.Empty(new WorkerLines(run.Journal).LostOnTheHost);
    }

    [Fact]
    public void Key_is_in_no_line_and_no_message()
    {
        Assert.DoesNotContain(run.Journal.Lines, line => line.Message.Contains(WorkerWorld.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(run.Written, text => text.Contains(WorkerWorld.Key, StringComparison.Ordinal));
    }

    private string Ends(string id) => (run.Result(id), run.DeadLetter(id)) switch
    {
        (not null, not null) => "both",
        (not null, null) => "result",
        (null, { } record) => record.GetProperty("reason").GetString()!,
        (null, null) => "nothing",
    };

    private static IEnumerable<string?> Outcomes(JsonElement written) =>
        written.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString());
}
