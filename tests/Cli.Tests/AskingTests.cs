using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary>What is asked on a terminal, and what each answer does.</summary>
public sealed class AskingTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Question = "[y/N]";
    internal const string EndOfInput = "\u0004";

    [Theory]
    [InlineData("y\r", 1)]
    [InlineData("yes\r", 1)]
    [InlineData("n\r", 0)]
    [InlineData("\r", 0)]
    [InlineData("maybe\r", 0)]
    [InlineData(EndOfInput, 0)]
    public async Task Only_a_yes_redrives(string answer, int sent)
    {
        await using TestCourier courier = await CreateAsync("r");

        Ended ended = await Tool.RunOnTerminalAsync(azurite.ConnectionString, Question, answer, "dead-letters", "redrive", "r", "--all-at-once");

        Assert.Contains("Send 1 back? [y/N]", ended.Output, StringComparison.Ordinal);
        Assert.Equal(sent == 1, ended.Output.Contains("1 sent, 0 skipped", StringComparison.Ordinal));
        Assert.Equal(sent == 0, ended.Output.Contains("error: Nothing was sent.", StringComparison.Ordinal));
        Assert.Equal((sent == 1 ? 0 : 1, sent), (ended.ExitCode, await courier.WaitingAsync()));
    }

    [Theory]
    [InlineData("y\r", 0)]
    [InlineData("\r", 1)]
    [InlineData(EndOfInput, 1)]
    public async Task Only_a_yes_purges(string answer, int left)
    {
        await using TestCourier courier = await CreateAsync("p");

        Ended ended = await Tool.RunOnTerminalAsync(azurite.ConnectionString, Question, answer, "dead-letters", "purge", "--id", "p");

        Assert.Contains("Delete 1 dead letter for good? [y/N]", ended.Output, StringComparison.Ordinal);
        Assert.Equal((left, left), (ended.ExitCode, (await courier.RecordsAsync()).Count));
    }

    [Theory]
    [InlineData("redrive", "q")]
    [InlineData("purge", "--id q")]
    public async Task Where_nobody_can_be_asked_yes_must_be_said(string command, string which)
    {
        await using TestCourier courier = await CreateAsync("q");

        Ended ended = await Tool.RunAsync(azurite.ConnectionString, "y\n", ["dead-letters", command, .. which.Split(' ')]);

        Assert.Equal((2, "error: Nobody can be asked here: say --yes."), (ended.ExitCode, ended.Error.Trim()));
        Assert.Equal((0, 1), (await courier.WaitingAsync(), (await courier.RecordsAsync()).Count));
    }

    /// <summary>A Courier with this dead letter, no other, and nothing that waits.</summary>
    private async Task<TestCourier> CreateAsync(string id)
    {
        TestCourier courier = Works.Create(azurite, _ => 200);
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        await courier.DrainAsync(TimeSpan.FromMilliseconds(200)); // of the tests before
        await foreach (string blob in courier.Storage.DeadLetterRecords.ListAsync("", TestContext.Current.CancellationToken))
            await courier.Storage.DeadLetterRecords.DeleteAsync(blob, TestContext.Current.CancellationToken);
        courier.Api.Answer = _ => 404;
        await courier.PostAsync($$"""{"id":"{{id}}","method":"GET","path":"/missing"}""");
        await courier.DrainAsync(TimeSpan.FromMilliseconds(200));
        return courier;
    }
}
