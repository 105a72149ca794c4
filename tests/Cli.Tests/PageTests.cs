using System.Diagnostics;
using System.Globalization;
using System.Net;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary><c>courier page</c> as a process.</summary>
public sealed class PageTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_is_there_until_it_is_interrupted_and_only_shows_when_it_should()
    {
        await using TestCourier courier = Works.Create(azurite, _ => 404);
        await courier.Storage.EnsureExistsAsync(Cancelled);
        using Process tool = Tool.Start(azurite.ConnectionString, "page", "--port", "0", "--read-only");
        string line = await tool.StandardOutput.ReadLineAsync(Cancelled) ?? "";
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(line.Split(' ')[2]) };

        HttpResponseMessage shown = await client.GetAsync("/api/dead-letters/groups", Cancelled);
        HttpResponseMessage done = await client.PostAsync("/api/pause", null, Cancelled);
        Ended ended = await Tool.InterruptAsync(tool);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (shown.StatusCode, done.StatusCode));
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task Port_that_is_taken_is_told_with_what_to_do()
    {
        using System.Net.Sockets.TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Ended ended = await Tool.RunAsync(azurite.ConnectionString, "page", "--port", port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Contains($"Port {port} is taken", ended.Error, StringComparison.Ordinal);
    }
}
