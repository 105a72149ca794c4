using Courier.Contracts;
using Courier.Operations.Orders;

namespace Courier.Operations.Tests;

/// <summary>What an operator orders, all instances do.</summary>
public sealed class OrdersTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_called_by_any_instance_from_fifteen_seconds_after_a_pause_on()
    {
        await using TestCourier courier = Create();
        TestCourier other = courier.Add();
        await courier.PostCallsAsync("/before");
        await courier.PassAsync(TimeSpan.FromSeconds(5));

        await courier.Get<OrderDesk>().PauseAsync(Desk.Who, Cancelled);
        await courier.PassAsync(TimeSpan.FromSeconds(15));
        courier.PerMinute = 6;
        await courier.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["/before"], courier.Paths);
        Assert.NotEqual(0, await other.WaitingAsync());
    }

    [Fact]
    public async Task What_waited_through_a_pause_is_called_without_having_used_an_attempt()
    {
        await using TestCourier courier = Create();
        await courier.Get<OrderDesk>().PauseAsync(Desk.Who, Cancelled);
        await courier.PostCallsAsync("/a", "/b");
        await courier.PassAsync(TimeSpan.FromMinutes(10));

        PauseEnds(await courier.Get<OrderDesk>().ResumeAsync(Desk.Who, Cancelled));
        await courier.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["/a", "/b"], courier.Paths.Order());
        Assert.Equal(2, (await courier.ResultsAsync()).Count);

        static void PauseEnds(object? pause) => Assert.NotNull(pause);
    }

    [Fact]
    public async Task Request_that_expires_in_a_pause_becomes_a_dead_letter()
    {
        await using TestCourier courier = Create();
        await courier.Get<OrderDesk>().PauseAsync(Desk.Who, Cancelled);
        await courier.PostAsync($$"""{"method":"GET","path":"/a","expiresAt":"{{courier.Now.AddMinutes(2):O}}"}""");

        await courier.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["expired"], await courier.ReasonsAsync());
    }

    [Fact]
    public async Task Cancelled_request_becomes_a_dead_letter_when_it_next_comes_up()
    {
        await using TestCourier courier = Create();
        await courier.PostAsync($$"""{"id":"a","method":"GET","path":"/a","notBefore":"{{courier.Now.AddHours(1):O}}"}""");
        await courier.PassAsync(TimeSpan.FromSeconds(1));

        await courier.Get<OrderDesk>().CancelAsync(["a", "nobody"], Desk.Who, Cancelled);
        await courier.PassAsync(TimeSpan.FromMinutes(61));

        Assert.Empty(courier.Calls);
        System.Text.Json.JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal("cancelled", record.GetProperty("reason").GetString());
        Assert.Contains("(tester): a test", record.GetProperty("cause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_is_posted_later_under_the_same_id_is_another_one()
    {
        await using TestCourier courier = Create();
        await courier.Get<OrderDesk>().CancelAsync(["a"], Desk.Who, Cancelled);
        courier.Clock.Advance(TimeSpan.FromSeconds(20));

        await courier.PostAsync("""{"id":"a","method":"GET","path":"/a"}""");
        await courier.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["/a"], courier.Paths);
    }

    [Fact]
    public async Task Cancelled_request_that_is_redriven_is_called()
    {
        await using TestCourier courier = Create();
        await courier.PostAsync($$"""{"id":"a","method":"GET","path":"/a","notBefore":"{{courier.Now.AddHours(1):O}}"}""");
        await courier.PassAsync(TimeSpan.FromSeconds(1));
        await courier.Get<OrderDesk>().CancelAsync(["a"], Desk.Who, Cancelled);
        await courier.PassAsync(TimeSpan.FromMinutes(61));

        await courier.RedriveAsync();

        Assert.Equal(["/a"], courier.Paths);
        Assert.Empty(await courier.RecordsAsync());
    }

    [Fact]
    public async Task Request_waits_for_its_time_without_an_attempt_however_far_ahead()
    {
        await using TestCourier courier = Create();
        DateTimeOffset begin = courier.Now.AddDays(10);
        await courier.PostAsync($$"""{"method":"GET","path":"/a","notBefore":"{{begin:O}}"}""");

        for (int day = 0; day < 12; day++)
        {
            await courier.ProcessAsync();
            courier.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.InRange(Assert.Single(courier.Calls).At, begin, begin.AddDays(1));
        Assert.Equal(1, Assert.Single(await courier.ResultsAsync()).GetProperty("attempts").GetArrayLength());
    }

    /// <summary>With the real gate.</summary>
    private static TestCourier Create() => Desk.Create(settings: ("Quota:Limit", "5000"));
}
