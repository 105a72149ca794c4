namespace Courier.EndToEnd.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Wrong_settings_stop_the_start_with_all_errors_in_one_message()
    {
        await using CourierProcess courier = CourierProcess.Start(
            ["--storage", "memory", "--no-demo"],
            new Dictionary<string, string>
            {
                ["Api__BaseUrl"] = "http://api.example.com",
                ["Resilience__AttemptTimeout"] = "00:01:00",
                ["Resilience__Retries"] = "many",
                ["Routing__MaxAttempts"] = "0",
                ["Queues__Results"] = "Not A Queue",
            });

        Assert.Equal(1, await courier.ExitAsync());
        string[] expected = ["Api:Key is not set", "Api:BaseUrl is 'http://api.example.com/'", "Resilience:AttemptTimeout is '00:01:00'",
            "Resilience:Retries is 'many'", "Routing:MaxAttempts is '0'", "Queues:Results is 'Not A Queue'"];
        Assert.All(expected, error => Assert.Contains(error, courier.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", courier.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_option_is_named_with_the_usage()
    {
        await using CourierProcess courier = CourierProcess.Start(["--what"], new Dictionary<string, string>());

        Assert.Equal(2, await courier.ExitAsync());
        Assert.Contains("'--what' is not an option", courier.Output, StringComparison.Ordinal);
        Assert.Contains("./dev run", courier.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_sees_the_calls_under_way_through()
    {
        await using World world = await World.CreateAsync();
        world.Api.Script(new ApiSimulator.Fault { Match = "*", Delay = TimeSpan.FromSeconds(2) });
        await world.PostAsync(["""{"id":"slow","method":"POST","path":"/portfolios","body":{"name":"Once"}}"""]);
        await using CourierProcess courier = world.StartCourier();
        while (world.Api.Requests.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(0, await courier.InterruptAsync());

        Assert.Equal(["slow"], World.Ids(await World.DrainAsync(world.Storage.Results)));
        Assert.Equal(0, await world.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sent_message_is_relayed_raw_and_from_a_file_too_large_for_a_queue()
    {
        await using World world = await World.CreateAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$$"""{"id":"large","method":"PUT","path":"/portfolios/abc","body":{"name":"{{{new string('x', 200_000)}}}"}}""", TestContext.Current.CancellationToken);
        foreach (string message in (string[])["""{"id":"raw","method":"GET","path":"/me"}""", "@" + file])
        {
            await using CourierProcess send = CourierProcess.Start(["send", message, "--storage", world.Emulator.ConnectionString], new Dictionary<string, string>());
            Assert.Equal(0, await send.ExitAsync());
        }

        await using CourierProcess courier = world.StartCourier();
        await world.SettledAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["large", "raw"], World.Ids(await World.DrainAsync(world.Storage.Results)).Order());
        File.Delete(file);
    }
}
