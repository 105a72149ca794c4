using System.Diagnostics;
using System.Globalization;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary>A redrive that is killed half way, and begun again.</summary>
public sealed class KilledTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const int Count = 150;

    [Fact]
    public async Task Redrive_that_is_killed_and_begun_again_calls_each_request_once()
    {
        await using TestCourier courier = Works.Create(azurite, _ => 404);
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        string[] paths = [.. Enumerable.Range(0, Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"/r{i:000}"))];
        foreach (string path in paths)
            await courier.PostAsync($$"""{"id":"{{path[1..]}}","method":"POST","path":"{{path}}"}""");
        await courier.DrainAsync(TimeSpan.FromSeconds(1));
        int before = courier.Calls.Count;
        courier.Api.Answer = _ => 200;

        for (int kill = 0; kill < 3; kill++)
        {
            using Process redrive = Tool.Start(azurite.ConnectionString, "dead-letters", "redrive", "--all", "--all-at-once", "--yes");
            await redrive.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            while (await courier.WaitingAsync() < 30 * (kill + 1) && !redrive.HasExited)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
            redrive.Kill();
            await redrive.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Ended last = await Tool.RunAsync(azurite.ConnectionString, "dead-letters", "redrive", "--all", "--all-at-once", "--yes");
        int messages = await courier.WaitingAsync();
        await courier.DrainAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(0, last.ExitCode);
        Assert.InRange(messages, Count, 4 * Count);
        Assert.Equal(paths, courier.Paths.Skip(before).Order(StringComparer.Ordinal));
        Assert.Empty(await courier.RecordsAsync());
    }
}
