using System.Text.Json;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary>An operator's day, command by command, beside a Courier on the emulator.</summary>
public sealed class OperatorTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const char Escape = '\u001b';

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Requests_are_sent_given_up_read_redriven_and_purged()
    {
        await using TestCourier courier = Works.Create(azurite, path => path == "/missing" ? 404 : path == "/rights" ? 403 : 200);
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        string body = Path.GetTempFileName();
        await File.WriteAllTextAsync(body, $"\"{new string('x', 1 << 20)}\"", TestContext.Current.CancellationToken);

        string made = await OutputAsync("send", "GET", "/fine", "--batch", "night-1", "--meta", "team=risk", "--expires", "2h");
        Assert.Matches("^[0-9a-f-]{36}\\s*$", made);
        await OutputAsync("send", "GET", "/missing", "--id", "m-1", "--batch", "night-1");
        await OutputAsync("send", "PUT", "/rights", "--id", "r-1", "--body", "@" + body, "--header", "If-Match: \"v1\"");
        await OutputAsync("send", "GET", "/later", "--id", "later", "--not-before", "7d", "--priority", "high");
        await courier.PostAsync("""{"id":"evil","method":"GET","path":"/\u001b[31m<script>alert(1)</script>"}""");
        await courier.DrainAsync(s_patience);

        JsonElement status = JsonElement.Parse(await OutputAsync("status", "--output", "json"));
        Assert.Equal(3, status.GetProperty("deadLetters").GetProperty("count").GetInt32());
        Assert.Equal(1, status.GetProperty("queues").GetProperty("requests").GetInt32());
        Assert.Equal("1 done, 1 dead, 0 waiting", (await OutputAsync("status", "--batch", "night-1")).Trim());
        Assert.Contains("not-found", await OutputAsync("status"), StringComparison.Ordinal);

        string groups = await OutputAsync("dead-letters", "groups");
        Assert.All(["not-found", "forbidden", "invalid-message"], reason => Assert.Contains(reason, groups, StringComparison.Ordinal));
        Assert.Equal(3, JsonElement.Parse(await OutputAsync("dead-letters", "groups", "--output", "json")).GetArrayLength());
        Assert.Equal("m-1", JsonElement.Parse(await OutputAsync("dead-letters", "list", "--status", "404", "--since", "today", "--output", "ndjson")).GetProperty("id").GetString());
        Assert.Contains("r-1,", await OutputAsync("dead-letters", "list", "--path", "/r*", "--output", "csv"), StringComparison.Ordinal);
        Assert.Contains("Forbidden", await OutputAsync("dead-letters", "show", "r-1"), StringComparison.Ordinal);
        Assert.InRange((await OutputAsync("dead-letters", "export")).Length, 1 << 20, 3 << 20);
        foreach (string[] words in new string[][] { ["dead-letters", "list"], ["dead-letters", "show", "evil"], ["dead-letters", "show", "evil", "--output", "json"], ["dead-letters", "export", "--id", "evil", "--output", "csv"], ["dead-letters", "groups"] })
            Assert.DoesNotContain(Escape, await OutputAsync(words));

        await StopsAndGoesOnAsync(courier);

        Assert.Contains("1 deleted", await OutputAsync("dead-letters", "purge", "--reason", "invalid-message", "--yes", "--reason-text", "a test"), StringComparison.Ordinal);
        List<string> audit = [];
        await foreach (string entry in courier.Storage.State.ListAsync("audit/", TestContext.Current.CancellationToken))
            audit.Add(entry);
        Assert.Equal(5, audit.Count); // two redrives, pause, resume, purge
        Assert.Contains("good", await OutputAsync("doctor"), StringComparison.Ordinal);
        File.Delete(body);
    }

    [Fact]
    public async Task On_a_terminal_there_are_colours_and_in_a_pipe_there_are_none()
    {
        Ended terminal = await Tool.RunOnTerminalAsync(azurite.ConnectionString, "", "", "status");
        Ended piped = await Tool.RunAsync(azurite.ConnectionString, "status");

        Assert.Equal((0, 0), (terminal.ExitCode, piped.ExitCode));
        Assert.Contains(Escape, terminal.Output);
        Assert.DoesNotContain(Escape, piped.Output);
    }

    private async Task StopsAndGoesOnAsync(TestCourier courier)
    {
        Ended refused = await RedriveAsync(courier, "r-1");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("came back as forbidden again", refused.Output, StringComparison.Ordinal);

        courier.Api.Answer = _ => 200;
        Ended done = await RedriveAsync(courier, "--status", "404", "--status", "403");
        Assert.Equal(0, done.ExitCode);
        Assert.Contains("2 dead letters match. Redriven now, all are done at ", done.Output, StringComparison.Ordinal);
        Assert.Contains("2 sent: 2 done", done.Output, StringComparison.Ordinal);

        Assert.Contains("Paused", await OutputAsync("pause", "--reason-text", "a test"), StringComparison.Ordinal);
        Assert.Contains("Paused since", await OutputAsync("status"), StringComparison.Ordinal);
        Assert.Contains("Resumed", await OutputAsync("resume"), StringComparison.Ordinal);
    }

    private async Task<Ended> RedriveAsync(TestCourier courier, params string[] words)
    {
        using CancellationTokenSource ended = new();
        Task working = courier.WorkAsync(TimeSpan.FromMinutes(2), ended.Token);
        Ended result = await Tool.RunAsync(azurite.ConnectionString, ["dead-letters", "redrive", "--yes", .. words]);
        await ended.CancelAsync();
        await working;
        return result;
    }

    private async Task<string> OutputAsync(params string[] words)
    {
        Ended ended = await Tool.RunAsync(azurite.ConnectionString, words);
        Assert.True(ended.ExitCode == 0, $"{string.Join(' ', words)}: {ended.ExitCode} {ended.Error}");
        return ended.Output;
    }
}
