using System.Text;
using System.Text.RegularExpressions;
using Courier.Contracts;
using Courier.Messages;
using Courier.Origin;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Documents;

/// <summary>Every command that a document shows is run by a test, or it is written down why not.</summary>
public sealed partial class CommandTests
{
    private static readonly ShownCommand[] s_shown = [.. ShownCommand.All()];

    [Fact]
    public void Every_shown_command_has_its_line_in_the_table() =>
        Assert.Empty(s_shown.Where(command => CommandTable.Of(command.Text) is null).Select(command => $"{command.Document}: {command.Text}"));

    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        string[] classes = [.. Directory.GetFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file))];

        Assert.Empty(CommandTable.Runners.Values.Select(runner => runner.Test).OfType<string>().Except(classes));
    }

    [Fact]
    public void Every_line_of_the_table_is_of_a_command_that_is_shown() =>
        Assert.Empty(CommandTable.Runners.Where(entry => !s_shown.Any(command => CommandTable.Of(command.Text) == entry.Value)).Select(entry => entry.Key));

    [Fact]
    public void Every_command_of_the_script_that_is_shown_exists()
    {
        string script = File.ReadAllText(Repository.PathOf("dev"));

        Assert.All(s_shown.Where(command => command.Text.StartsWith("./dev ", StringComparison.Ordinal)), command =>
            Assert.Matches($@"(?m)^  (?:[a-z-]+ \| )?{Regex.Escape(command.Text.Split(' ')[1])}(?: \| [a-z-]+)*\) ", script));
    }

    [Fact]
    public void Every_message_that_is_posted_can_be_read()
    {
        EnvelopeReader reader = new(Options.Create(new ApiOptions { Key = "test-key" }));
        string[] messages = [.. s_shown.Select(command => Message().Match(command.Text)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.IsType<Reading.Request>(reader.Read(new QueuedMessage("1", Encoding.UTF8.GetBytes(message), DateTimeOffset.UnixEpoch, 1))));
    }

    [GeneratedRegex("""^(?:\./dev send|export Schedules__0__Request=|.*--content|.*--message) ?'(\{.*\})'$""")]
    private static partial Regex Message();
}
