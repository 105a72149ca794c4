using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary><c>dead-letters redrive --edit</c> with a script for an editor.</summary>
public sealed class EditTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Mend = "s,/wrong,/right,";

    [Fact]
    public async Task Request_that_was_changed_is_sent_as_it_was_edited()
    {
        await using TestCourier courier = await CreateAsync("changed");

        Ended ended = await EditAsync("changed", $"sed -i {Mend}");
        await courier.DrainAsync(TimeSpan.FromMilliseconds(200));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("Sent. changed keeps its record", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["/wrong", "/right"], courier.Paths);
        JsonElement result = Assert.Single(await courier.ResultsAsync(), result => result.GetProperty("id").GetString() == "changed");
        Assert.Equal([404, 200], result.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("status").GetInt32()));
        Assert.Equal("redrive-edited", await LastActionAsync(courier));
    }

    [Theory]
    [InlineData("unchanged", "true", 1, "Nothing was changed, and nothing was sent")]
    [InlineData("reformatted", @"sed -i s/^\s*//", 1, "Nothing was changed, and nothing was sent")]
    [InlineData("failing", "false", 1, "The editor 'false' ended with exit code 1: nothing was sent.")]
    [InlineData("missing", "no-such-editor", 2, "The editor 'no-such-editor' cannot be started")]
    [InlineData("blank", " ", 2, "--edit needs an editor: set EDITOR.")]
    public async Task What_was_not_edited_is_not_sent(string id, string editor, int exitCode, string told)
    {
        await using TestCourier courier = await CreateAsync(id);

        Ended ended = await EditAsync(id, editor);

        Assert.Equal((exitCode, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith($"error: {told}", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, await courier.WaitingAsync());
    }

    [Theory]
    [InlineData("no-json", "s/{/[/", "What was edited is no JSON")]
    [InlineData("no-request", "s,/wrong,//wrong,", "`path`")]
    [InlineData("other-id", "s/other-id/another/", "Its `id` must stay other-id.")]
    [InlineData("list", "s/.*/7/", "What was edited is no JSON")]
    public async Task What_was_edited_in_vain_is_not_sent_and_kept(string id, string script, string told)
    {
        await using TestCourier courier = await CreateAsync(id);

        Ended ended = await EditAsync(id, $"sed -i {script}");

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith("error: Not sent: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains(told, ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, await courier.WaitingAsync());
        string kept = Regex.Match(ended.Error, @"What you wrote is kept in (\S+)\.\s").Groups[1].Value;
        Assert.NotEmpty(await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken));
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);
    }

    /// <summary>The first round makes it no request, the second mends it.</summary>
    [Fact]
    public async Task On_a_terminal_what_was_edited_in_vain_can_be_edited_again()
    {
        await using TestCourier courier = await CreateAsync("again");
        string editor = Path.GetTempFileName();
        await File.WriteAllTextAsync(editor, """if grep -q '"//' "$1"; then sed -i 's,"//wrong,"/right,' "$1"; else sed -i 's,"/wrong,"//wrong,' "$1"; fi""", TestContext.Current.CancellationToken);

        Ended ended = await Tool.RunOnTerminalAsync(azurite.ConnectionString, new Dictionary<string, string> { ["EDITOR"] = $"sh {editor}", ["VISUAL"] = "" }, "[y/N]", "y\r", "dead-letters", "redrive", "again", "--edit");
        await courier.DrainAsync(TimeSpan.FromMilliseconds(200));

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("Edit it again? [y/N]", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["/wrong", "/right"], courier.Paths);
        File.Delete(editor);
    }

    private Task<Ended> EditAsync(string id, string editor) =>
        Tool.RunAsync(azurite.ConnectionString, new Dictionary<string, string> { ["EDITOR"] = editor, ["VISUAL"] = "" }, "dead-letters", "redrive", id, "--edit");

    /// <summary>A Courier with one dead letter of this id.</summary>
    private async Task<TestCourier> CreateAsync(string id)
    {
        TestCourier courier = Works.Create(azurite, path => path == "/wrong" ? 404 : 200);
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        await courier.PostAsync($$"""{"id":"{{id}}","method":"GET","path":"/wrong"}""");
        await courier.DrainAsync(TimeSpan.FromMilliseconds(200));
        return courier;
    }

    private static async Task<string?> LastActionAsync(TestCourier courier)
    {
        string last = await courier.Storage.State.ListAsync("audit/", TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);
        return JsonElement.Parse((await courier.Storage.State.ReadAsync(last, TestContext.Current.CancellationToken))!.Content.Span).GetProperty("action").GetString();
    }
}
