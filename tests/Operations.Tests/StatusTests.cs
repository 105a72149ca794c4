using Courier.Contracts;
using Courier.Operations.Orders;
using Courier.Operations.Overview;

namespace Courier.Operations.Tests;

/// <summary>How Courier does, at one look.</summary>
public sealed class StatusTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_tells_what_waits_what_is_used_and_what_is_dead()
    {
        await using TestCourier courier = Create(path => path == "/dead" ? 404 : 200);
        await courier.PostCallsAsync("/a", "/b", "/dead");
        await courier.PassAsync(TimeSpan.FromSeconds(30));
        courier.Clock.Advance(TimeSpan.FromMinutes(1));
        await courier.PostCallsAsync("/c", "/d");
        DateTimeOffset posted = courier.Now;
        courier.Clock.Advance(TimeSpan.FromMinutes(1));

        CourierStatus status = await courier.Get<StatusReader>().ReadAsync(Cancelled);

        Assert.Equal(new QueueDepths(2, 0, 2, 1), status.Queues);
        Assert.Equal(posted, status.WaitingSince);
        Assert.Equal((5000, 4850), (status.Quota.Limit, status.Quota.Usable));
        Assert.InRange(status.Quota.Used, 3, 40);
        Assert.Equal((1, true, 1), (status.DeadLetters.Count, status.DeadLetters.IsComplete, status.DeadLetters.ByReason["not-found"]));
        Assert.NotNull(status.Forecast.ClearsAt);
        Assert.Single(status.Instances);
        Assert.Null(status.Pause);
    }

    [Fact]
    public async Task Status_tells_of_pause_hold_outage_and_schedules()
    {
        await using TestCourier courier = Create(_ => 401, ("Schedules:0:Name", "daily"), ("Schedules:0:Cron", "0 0 6 * * *"), ("Schedules:0:Request", """{"method":"GET","path":"/x"}"""));
        await courier.PostCallsAsync("/a", "/b", "/c");
        await courier.PassAsync(TimeSpan.FromSeconds(30));
        await courier.Get<OrderDesk>().PauseAsync(Desk.Who, Cancelled);
        await courier.Get<OrderDesk>().CancelAsync(["x", "y"], Desk.Who, Cancelled);

        CourierStatus status = await courier.Get<StatusReader>().ReadAsync(Cancelled);

        Assert.Equal(("tester", "a test", 2), (status.Pause?.By, status.Pause?.Why, status.Cancellations));
        Assert.NotNull(status.HeldSince);
        Assert.Null(status.Forecast.ClearsAt);
        ScheduleStatus schedule = Assert.Single(status.Schedules);
        Assert.Equal(("daily", "every day at 06:00, UTC", 6), (schedule.Name, schedule.When, schedule.Next?.Hour));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    public async Task Status_costs_twelve_storage_operations_at_most(int backlog)
    {
        CountingStorage storage = new();
        await using TestCourier courier = new(new CourierSetup { Storage = storage, Register = (services, configuration) => Courier.Configuration.CourierCore.AddCourierCore(services.AddCourierOperations(), configuration) }
            .With(("Quota:Limit", "5000")));
        for (int i = 0; i < backlog; i++)
        {
            await courier.PostAsync($$"""{"id":"w{{i}}","method":"GET","path":"/x"}""");
            await courier.Storage.DeadLetterRecords.WriteAsync($"2026-01-01/d{i}.json", "{}"u8.ToArray(), "application/json", new Dictionary<string, string> { ["at"] = courier.Now.ToString("O"), ["reason"] = "not-found" }, Cancelled);
        }

        storage.Operations = 0;
        CourierStatus status = await courier.Get<StatusReader>().ReadAsync(Cancelled);

        Assert.InRange(storage.Operations, 1, 12);
        Assert.Equal((backlog, backlog < 5000), (status.Queues.Requests, status.DeadLetters.IsComplete));
    }

    private static TestCourier Create(Func<string, int> answer, params (string Key, string Value)[] settings) => Desk.Create(answer, settings: [("Quota:Limit", "5000"), .. settings]);
}
