using System.Text.RegularExpressions;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary>What the tool says to words that it cannot use, and to what is not there.</summary>
public sealed class UsageTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Theory]
    [InlineData("bogus", "'bogus'")]
    [InlineData("status --output csv", "'csv'")]
    [InlineData("status --batch ../x", "--batch is '../x'")]
    [InlineData("send GET", "METHOD and PATH, or --file")]
    [InlineData("send GET https://evil.test/x", "path")]
    [InlineData("send FETCH /x", "`method` is 'FETCH'")]
    [InlineData("send GET /x --meta team", "--meta is 'team'")]
    [InlineData("send GET /x --expires never", "--expires is 'never'")]
    [InlineData("send PUT /x --body {", "--body is no JSON")]
    [InlineData("send PUT /x --body @nowhere.json", "'nowhere.json' was not found")]
    [InlineData("send --file nowhere.jsonl", "'nowhere.jsonl' was not found")]
    [InlineData("cancel ../../x", "'../../x' is no id")]
    [InlineData("dead-letters purge --yes", "never deletes all")]
    [InlineData("dead-letters redrive --yes", "ids, a filter, or --all")]
    [InlineData("dead-letters list --since never", "--since is 'never'")]
    [InlineData("dead-letters redrive --group not-found --yes", "--group is 'not-found'")]
    [InlineData("dead-letters list --status many", "'many' for option '--status' as a whole number")]
    [InlineData("dead-letters list --limit -1", "--limit must not be negative")]
    [InlineData("check --since never", "--since is 'never'")]
    [InlineData("check --ids @nowhere.txt", "'nowhere.txt' was not found")]
    [InlineData("check --ids a --since today", "leave --since and --until out")]
    [InlineData("check --ids {", "A line begins like JSON")]
    [InlineData("completion tcsh", "'tcsh'")]
    [InlineData("page --port x", "'x'")]
    [InlineData("status --connection UseDevelopmentStorage=true --account x", "leave one out")]
    [InlineData("status --connection nonsense", "AzureWebJobsStorage")]
    [InlineData("status --account A", "AzureWebJobsStorage:accountName is 'A'")]
    public async Task Wrong_words_are_told_in_a_sentence_and_end_with_two(string words, string told)
    {
        Ended ended = await Tool.RunAsync(azurite.ConnectionString, words.Split(' '));

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains(told, ended.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dead-letters show nobody")]
    [InlineData("dead-letters list")]
    [InlineData("dead-letters list --output json")]
    [InlineData("dead-letters groups")]
    [InlineData("dead-letters export --reason forbidden")]
    [InlineData("dead-letters redrive --all --yes")]
    [InlineData("dead-letters redrive --resume")]
    [InlineData("dead-letters redrive --cancel nobody")]
    [InlineData("dead-letters purge --status 404 --yes")]
    [InlineData("resume")]
    [InlineData("status --batch nobody")]
    public async Task What_matches_nothing_ends_with_three(string words)
    {
        Ended ended = await Tool.RunAsync(azurite.ConnectionString, words.Split(' '));

        Assert.Equal(3, ended.ExitCode);
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_cannot_be_written_is_told()
    {
        Ended ended = await Tool.RunAsync(azurite.ConnectionString, "dead-letters", "export", "--to", "/nowhere/at/all.ndjson");

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Matches("^error: .*/nowhere/at/all.ndjson.*\n$", ended.Error);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_told_with_what_to_do()
    {
        Ended ended = await Tool.RunAsync(Regex.Replace(azurite.ConnectionString, @":\d+/", ":1/"), "status");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("'courier doctor' looks closer", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("send")]
    [InlineData("status")]
    [InlineData("dead-letters")]
    [InlineData("dead-letters redrive")]
    [InlineData("check")]
    [InlineData("doctor")]
    [InlineData("page")]
    public async Task Help_is_there_for_every_command(string words)
    {
        Ended ended = await Tool.RunAsync(null, [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("Usage:", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task Completion_scripts_ask_the_tool(string shell)
    {
        Ended script = await Tool.RunAsync(null, "completion", shell);
        Ended suggested = await Tool.RunAsync(null, "[suggest:21]", "courier dead-letters ");

        Assert.Contains("suggest", script.Output, StringComparison.Ordinal);
        Assert.Contains("redrive", suggested.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"method":"GET","path":"/x"}""", 0, "Courier would call")]
    [InlineData("""{"Method":"GET","path":"//evil"}""", 1, "write it as `method`")]
    public async Task Validate_says_what_is_wrong(string message, int exitCode, string told)
    {
        Ended ended = await Tool.RunAsync(null, message, ["validate", "-"]);

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Contains(told, ended.Output, StringComparison.Ordinal);
    }
}
