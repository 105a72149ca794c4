using System.Diagnostics;
using System.Text.Json;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary><c>status --watch</c>, until it is interrupted.</summary>
public sealed class WatchTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string CtrlC = "\u0003";
    private const string ClearScreen = "\u001b[2J";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watched_in_a_pipe_it_is_a_document_a_line_until_it_is_interrupted()
    {
        using Process watch = Tool.Start(azurite.ConnectionString, "status", "--watch", "--output", "json");
        JsonElement first = JsonElement.Parse((await watch.StandardOutput.ReadLineAsync(Cancelled))!);
        JsonElement second = JsonElement.Parse((await watch.StandardOutput.ReadLineAsync(Cancelled))!);
        Ended ended = await Tool.InterruptAsync(watch);

        Assert.InRange(second.GetProperty("at").GetDateTimeOffset() - first.GetProperty("at").GetDateTimeOffset(), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(60));
        Assert.Equal((0, "", ""), (ended.ExitCode, ended.Output, ended.Error));
    }

    [Fact]
    public async Task Watched_by_nobody_any_more_it_ends()
    {
        using Process watch = Tool.Start(azurite.ConnectionString, "status", "--watch", "--output", "json");
        await watch.StandardOutput.ReadLineAsync(Cancelled);
        watch.StandardOutput.Close();
        string error = await watch.StandardError.ReadToEndAsync(Cancelled);
        await watch.WaitForExitAsync(Cancelled);

        Assert.Equal((141, ""), (watch.ExitCode, error));
    }

    [Fact]
    public async Task Watched_on_a_terminal_it_clears_the_screen_and_ends_well_with_ctrl_c()
    {
        Ended ended = await Tool.RunOnTerminalAsync(azurite.ConnectionString, "instances", CtrlC, "status", "--watch");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains(ClearScreen, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("error", ended.Output, StringComparison.Ordinal);
    }
}
