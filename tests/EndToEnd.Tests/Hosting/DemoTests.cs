using System.Diagnostics;
using System.Text.RegularExpressions;
using Courier.Routing;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>What a newcomer sees first: the sample requests show every row of the outcome table.</summary>
public sealed class DemoTests(DemoTests.Run run) : IClassFixture<DemoTests.Run>
{
    private const string Settled = "All samples are settled: ";

    /// <summary>All reasons but those that take an answer of more than 8 MiB, an operator, or storage that fails.</summary>
    public static TheoryData<string> Reasons =>
        [.. Enum.GetValues<DeadLetterReason>().Except([DeadLetterReason.ResponseTooLarge, DeadLetterReason.Cancelled, DeadLetterReason.AnswerNotKept]).Select(reason => reason.Text())];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Dead_letter_is_shown_with_cause_and_remedy(string reason)
    {
        Assert.Matches(Line($"dead letter: {reason}\n +cause   .+(\n +the API .+)?(\n +do      .+)+"), run.Output);
    }

    [Theory]
    [InlineData("2xx: completed", "20[014] in [0-9]+ ms -> completed")]
    [InlineData("2xx to paginate: the last page", "200 in [0-9]+ ms -> completed", "list~3  GET /portfolios/abc/companies\\?page=3")]
    [InlineData("429: waits and uses no attempt", "429 in [0-9]+ ms -> back on the queue, visible in [0-9.]+ s \\(uses no attempt\\)")]
    [InlineData("5xx: tried again", "50[03] in [0-9]+ ms -> back on the queue, visible in [0-9.]+ s \\(failed attempt [12]\\)")]
    [InlineData("circuit open: waits and uses no attempt", "circuit-open -> back on the queue, visible in [0-9.]+ s \\(uses no attempt\\)")]
    [InlineData("3xx", "301 in [0-9]+ ms -> dead letter: redirected")]
    [InlineData("400", "400 in [0-9]+ ms -> dead letter: bad-request")]
    [InlineData("401", "401 in [0-9]+ ms -> dead letter: unauthorized")]
    [InlineData("403", "403 in [0-9]+ ms -> dead letter: forbidden")]
    [InlineData("404", "404 in [0-9]+ ms -> dead letter: not-found")]
    [InlineData("other 4xx: 405", "405 in [0-9]+ ms -> dead letter: rejected")]
    [InlineData("other 4xx: 409", "409 in [0-9]+ ms -> dead letter: rejected")]
    [InlineData("no answer, not repeatable", "The connection broke before the whole answer had come\\. -> dead letter: outcome-unknown")]
    [InlineData("attempts used up", "50[03] in [0-9]+ ms -> dead letter: attempts-exhausted")]
    [InlineData("past its expiresAt", "not called -> dead letter: expired")]
    [InlineData("forbidden message", "not called -> dead letter: invalid-message")]
    [InlineData("the worker died on it", "not called -> dead letter: crashed")]
    public void Row_of_the_outcome_table_is_shown(string row, string pattern, string first = "")
    {
        Assert.True(Regex.IsMatch(run.Output, first + Line(pattern)), $"'{row}' is not shown in:\n{run.Output}");
    }

    [Fact]
    public void Every_sample_is_settled_within_a_minute_and_an_interrupt_ends_the_run_well()
    {
        Match settled = Regex.Match(run.Output, $"{Settled}([0-9]+) completed, ([0-9]+) dead letters");

        Assert.True(settled.Success, run.Output);
        Assert.Equal(Count("-> completed\n"), settled.Groups[1].Value);
        Assert.Equal(Count("-> dead letter: "), settled.Groups[2].Value);
        Assert.InRange(run.Duration, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void No_error_is_logged_and_a_file_gets_no_colours()
    {
        Assert.DoesNotMatch("(?m)^fail: ", run.Output);
        Assert.DoesNotContain("\e", run.Output, StringComparison.Ordinal);
    }

    private string Count(string text) => Regex.Count(run.Output, text).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The second line of a report.</summary>
    private static string Line(string pattern) => $"\n {{11}}{(pattern.StartsWith("dead", StringComparison.Ordinal) ? ".* -> " : "")}{pattern}\n";

    /// <summary>One run of the demo, from its start to the last sample and on to an interrupt.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

        public string Output { get; private set; } = "";

        public TimeSpan Duration { get; private set; }

        public int ExitCode { get; private set; }

        public async ValueTask InitializeAsync()
        {
            long start = Stopwatch.GetTimestamp();
            await using CourierProcess courier = CourierProcess.Start(["--storage", "memory"], new Dictionary<string, string>());
            while (!courier.Output.Contains(Settled, StringComparison.Ordinal) && !courier.HasExited && Stopwatch.GetElapsedTime(start) < s_patience)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            Duration = Stopwatch.GetElapsedTime(start);
            ExitCode = courier.HasExited ? -1 : await courier.InterruptAsync();
            Output = courier.Output;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
