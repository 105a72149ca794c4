using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;
using Courier.Processing;

namespace Courier.Cli.Tests;

/// <summary>A redrive that is killed half way, and begun again; <c>./dev bench redrive</c> does it with 5,000.</summary>
public sealed class KilledTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const int Count = 150;
    private const int Limit = 60;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(5);

    /// <summary>So late a call may be noted after it was admitted, on a machine that other tests keep busy.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Redrive_that_is_killed_and_begun_again_calls_each_request_once_and_keeps_the_quota()
    {
        await using TestCourier courier = Works.Create(azurite, _ => 200, ("Quota:Limit", Limit.ToString(CultureInfo.InvariantCulture)), ("Quota:Window", s_window.ToString()), ("Quota:Reserve", "0"));
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        string[] paths = [.. Enumerable.Range(0, Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"/r{i:000}"))];
        foreach (string path in paths)
            await courier.Get<DeadLetterOutbox>().SendAsync(DeadLetter(path, courier.Now), TestContext.Current.CancellationToken);

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
        await courier.DrainAsync(s_window + TimeSpan.FromSeconds(2));

        Assert.Equal(0, last.ExitCode);
        Assert.InRange(messages, Count, 4 * Count);
        Assert.Equal(paths, courier.Paths.Order(StringComparer.Ordinal));
        Assert.InRange(RollingWindow.Most([.. courier.Calls.Select(call => call.At)], s_window - s_late), 1, Limit);
        Assert.Empty(await courier.RecordsAsync());
    }

    private static DeadLetterRecord DeadLetter(string path, DateTimeOffset now) => new()
    {
        Id = path[1..],
        Reason = "not-found",
        Status = 404,
        Title = "Not Found",
        Cause = "There is no such resource.",
        Remedies = [],
        Request = JsonElement.Parse($$"""{"id":"{{path[1..]}}","method":"POST","path":"{{path}}"}"""),
        Attempts = [],
        FirstSeenAt = now,
        DeadLetteredAt = now,
    };
}
