using System.Text.Json;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Cli.Tests;

/// <summary>Where everything is that was posted. With an emulator of its own: what it knows counts.</summary>
public sealed class CheckTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        File.Delete(_file);
        File.Delete(_file + ".sent");
    }

    [Fact]
    public async Task Everything_that_a_file_posted_is_accounted_for_and_what_is_missing_is_named()
    {
        await using TestCourier courier = Works.Create(azurite, path => path == "/dead" ? 404 : 200);
        await courier.Storage.EnsureExistsAsync(Cancelled);
        Assert.Equal(3, (await CheckAsync()).ExitCode);
        await File.WriteAllLinesAsync(_file, ["""{"id":"a","method":"GET","path":"/x"}""", """{"id":"b","method":"GET","path":"/x","batch":"night"}""", """{"id":"c","method":"GET","path":"/dead"}""", """{"method":"GET","path":"/x"}"""], Cancelled);
        await Tool.RunAsync(azurite.ConnectionString, "send", "--file", _file);

        Ended before = await CheckAsync("--ids", "@" + _file, "--output", "json");
        await courier.DrainAsync(TimeSpan.FromSeconds(1));
        Ended after = await CheckAsync("--ids", "@" + _file, "--output", "json");
        List<QueuedMessage> taken = [.. await courier.Storage.Results.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancelled)];
        foreach (QueuedMessage result in taken)
            await courier.Storage.Results.DeleteAsync(result, Cancelled);
        Ended missing = await CheckAsync("--ids", "@" + _file);
        Ended received = await Tool.RunAsync(azurite.ConnectionString, "a\n", ["check", "--ids", "@" + _file, "--received", "-"]);

        Assert.Equal((0, 3, 0), (before.ExitCode, Number(before, "waiting"), Number(before, "done")));
        Assert.Contains("1 lines name no id", before.Error, StringComparison.Ordinal);
        Assert.Equal((0, 2, 1, 0), (after.ExitCode, Number(after, "done"), Number(after, "dead"), Number(after, "waiting")));
        Assert.Equal((1, 0), (missing.ExitCode, received.ExitCode));
        Assert.Contains("missing: a", missing.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CheckAsync("--since", "today")).ExitCode);
        Assert.Equal(3, (await CheckAsync("--until", "1d")).ExitCode);
    }

    [Fact]
    public async Task Lines_that_were_not_posted_are_not_asked_for_and_those_in_doubt_are_told()
    {
        await File.WriteAllLinesAsync(_file, Enumerable.Range(1, 40).Select(line => $"not-there-{line}"), Cancelled);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(_file, Cancelled)));
        await File.WriteAllLinesAsync(_file + ".sent", [hash, "begun 16", "begun 32"], Cancelled); // killed in the first step, and in the second
        Ended doubtful = await CheckAsync("--ids", "@" + _file);
        await File.AppendAllLinesAsync(_file + ".sent", ["begun 36", "done 36"], Cancelled);

        Ended ended = await CheckAsync("--ids", "@" + _file, "--output", "json");

        Assert.Equal(3, doubtful.ExitCode);
        Assert.Equal((1, 4), (ended.ExitCode, Number(ended, "accepted")));
        Assert.Contains("lines 17 to 32 were under way", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_ids_do_nothing_to_a_terminal()
    {
        await File.WriteAllTextAsync(_file, "\u001b[31mred[/]\n{\"id\":\"\\u001b]0;title\\u0007\"}\n", Cancelled);

        Ended table = await CheckAsync("--ids", "@" + _file);
        Ended json = await CheckAsync("--ids", "@" + _file, "--output", "json");

        Assert.Equal((1, 1), (table.ExitCode, json.ExitCode));
        Assert.All([table.Output, json.Output], output => Assert.DoesNotContain('\u001b', output));
    }

    private Task<Ended> CheckAsync(params string[] words) => Tool.RunAsync(azurite.ConnectionString, ["check", .. words]);

    private static int Number(Ended ended, string name) => JsonElement.Parse(ended.Output).GetProperty(name).GetInt32();
}
