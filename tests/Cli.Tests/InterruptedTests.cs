using System.Diagnostics;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary>A file of requests whose sending is interrupted, and begun again. With an emulator of its own: what it posts stays there.</summary>
public sealed class InterruptedTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task File_that_is_interrupted_goes_on_where_it_stopped()
    {
        await using TestCourier courier = Works.Create(azurite, _ => 200);
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        int before = await courier.WaitingAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 3000).Select(i => $$"""{"id":"f{{i}}","method":"GET","path":"/f{{i}}"}"""), TestContext.Current.CancellationToken);

        using Process sending = Tool.Start(azurite.ConnectionString, "send", "--file", file);
        while (await courier.WaitingAsync() - before < 100 && !sending.HasExited)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        Ended interrupted = await Tool.InterruptAsync(sending);
        Ended rest = await Tool.RunAsync(azurite.ConnectionString, "send", "--file", file);
        Ended again = await Tool.RunAsync(azurite.ConnectionString, "send", "--file", file);

        Assert.Equal((130, 0, 0), (interrupted.ExitCode, rest.ExitCode, again.ExitCode));
        Assert.Contains("the same command goes on there", interrupted.Error, StringComparison.Ordinal);
        Assert.Equal(3000, await courier.WaitingAsync() - before);
        File.Delete(file);
        File.Delete(file + ".sent");
    }
}
