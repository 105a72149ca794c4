using Courier.Contracts;
using Courier.Messages;
using Courier.Tests.Messages;
using Courier.Tests.Processing;

namespace Courier.Tests.Pacing;

/// <summary>Requests at the gate, through the whole of Courier: one call in 61 seconds.</summary>
public sealed class GateTests
{
    [Fact]
    public async Task Request_without_a_slot_now_is_parked_once_and_back_at_its_slot_it_is_called()
    {
        await using TestCourier courier = Paced.Create();
        await courier.PostCallsAsync("/a", "/b");
        await courier.ProcessAsync();
        DateTimeOffset turn = courier.Calls[0].At + Paced.Interval;
        int writes = courier.Watched.State.Writes;

        courier.Clock.Advance(turn - courier.Clock.GetUtcNow() - TimeSpan.FromSeconds(1.1));
        int early = await courier.ProcessAsync();
        courier.Clock.Advance(TimeSpan.FromSeconds(1.1)); // hidden for whole seconds; what is left is spent at the gate
        int due = await courier.ProcessAsync();

        Assert.Equal((0, 1), (early, due));
        Assert.Equal("/b", courier.Calls[1].Path);
        Assert.Equal(turn, courier.Calls[1].At, TimeSpan.FromMilliseconds(2));
        Assert.Equal(writes, courier.Watched.State.Writes);
        Assert.Equal(2, (await courier.ResultsAsync()).Count);
    }

    [Fact]
    public async Task Backlog_is_called_in_order_one_interval_apart()
    {
        await using TestCourier courier = Paced.Create();
        string[] paths = [.. Enumerable.Range(10, 20).Select(i => $"/{i}")];
        await courier.PostCallsAsync(paths);

        await courier.ProcessForAsync(Paced.Interval * 20);

        Assert.Equal(paths, courier.Paths);
        Assert.All(courier.Calls.Zip(courier.Calls.Skip(1)), pair => Assert.Equal(61, (pair.Second.At - pair.First.At).TotalSeconds, 1.1));
        Assert.Equal(20, courier.Watched.State.Writes);
    }

    [Fact]
    public async Task After_a_downtime_everybody_keeps_its_place()
    {
        await using TestCourier courier = Paced.Create();
        string[] paths = [.. Enumerable.Range(10, 6).Select(i => $"/{i}")];
        await courier.PostCallsAsync(paths);
        await courier.ProcessAsync();

        courier.Clock.Advance(Paced.Interval * 3.5); // three slots went by, the fourth is still to come
        await courier.ProcessForAsync(Paced.Interval * 6);

        Assert.Equal(paths, courier.Paths);
        Assert.All(courier.Calls.Skip(1).Zip(courier.Calls.Skip(2)), pair => Assert.True(pair.Second.At - pair.First.At > Paced.Interval * 0.97));
    }

    [Fact]
    public async Task Short_wait_is_spent_at_the_gate()
    {
        await using TestCourier courier = Paced.Create(null, ("Quota:MaxRate", "1.3333"));
        await courier.PostCallsAsync("/a", "/b", "/c");

        int processed = await courier.ProcessAsync();

        Assert.Equal((3, 3), (processed, courier.Calls.Count));
        Assert.Equal(1.5, (courier.Calls[2].At - courier.Calls[0].At).TotalSeconds, 0.1);
    }

    /// <summary>Whoever had the message before may have called, and ended before it could say so.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public async Task Missed_slot_is_given_back_unless_the_message_was_delivered_before(int deliveries, int charges)
    {
        await using TestCourier courier = Paced.Create();
        await courier.PostCallsAsync("/a", "/b");
        await courier.ProcessAsync();
        courier.Clock.Advance(Paced.Interval);
        for (int i = 1; i < deliveries; i++)
            Assert.Single(await courier.Storage.Requests.ReceiveAsync(1, TimeSpan.FromSeconds(10), CancellationToken.None));

        courier.Clock.Advance(TimeSpan.FromSeconds(20));
        await courier.ProcessAsync();

        Assert.Equal(["/a", "/b"], courier.Paths);
        Assert.Equal(charges, (await courier.LedgerAsync()).Charges.Count);
    }

    [Fact]
    public async Task Expired_request_takes_no_slot()
    {
        await using TestCourier courier = Paced.Create();
        await courier.PostAsync("""{"method":"GET","path":"/a","expiresAt":"2025-12-31T00:00:00Z"}""");

        await courier.ProcessAsync();

        Assert.Empty(courier.Calls);
        Assert.Equal((0, 0), (courier.Watched.State.Reads, courier.Watched.State.Writes));
        Assert.Equal(["expired"], await courier.ReasonsAsync());
    }

    [Fact]
    public async Task Request_that_expires_while_it_waits_is_not_called()
    {
        await using TestCourier courier = Paced.Create();
        await courier.PostCallsAsync("/a");
        await courier.PostAsync("""{"method":"GET","path":"/b","expiresAt":"2026-01-01T00:00:30Z"}""");

        await courier.ProcessForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["/a"], courier.Paths);
        Assert.Equal(["expired"], await courier.ReasonsAsync());
    }

    [Fact]
    public async Task High_priority_overtakes_a_backlog()
    {
        await using TestCourier courier = Paced.Create();
        await courier.PostCallsAsync([.. Enumerable.Range(0, 20).Select(i => $"/{i}")]);
        await courier.ProcessAsync();

        await courier.PostAsync("""{"method":"GET","path":"/urgent","priority":"high"}""");
        await courier.ProcessAsync();

        Assert.Equal(["/0", "/urgent"], courier.Paths);
        Assert.Equal(19, await courier.WaitingAsync());
    }

    [Fact]
    public async Task Priority_of_another_name_is_an_invalid_message()
    {
        await using TestCourier courier = Paced.Create();
        await courier.PostAsync("""{"method":"GET","path":"/a","priority":"urgent"}""");

        await courier.ProcessAsync();

        Assert.Empty(courier.Calls);
        Assert.Equal(["invalid-message"], await courier.ReasonsAsync());
    }

    [Fact]
    public async Task Retries_in_the_process_are_charged()
    {
        int calls = 0;
        await using TestCourier courier = Paced.Create(_ => TestAnswers.Create(++calls <= 1 ? 503 : 200, "{}"), ("Resilience:Retries", "1"));
        await courier.PostCallsAsync("/a", "/b");

        await courier.ProcessForAsync(Paced.Interval * 2);

        Assert.Equal(["/a", "/a", "/b"], courier.Paths);
        Courier.Quota.LedgerState ledger = await courier.LedgerAsync();
        Assert.Equal(3, ledger.Charges.Count + ledger.Waiting);
    }

    [Theory]
    [InlineData(SlotLane.Line, 0, "abc", 90)]
    [InlineData(SlotLane.Line, 123_456_789_012, null, 0)]
    [InlineData(SlotLane.Ahead, 17_672_256_000_000_000, "abc", 1_000_000)]
    public void Place_in_the_quota_travels_with_the_request(SlotLane lane, long number, string? seal, int waited)
    {
        Envelope before = TestMessages.Request("""{"id":"r1","method":"GET","path":"/x","priority":"high"}""");
        Slot slot = new(lane, number, seal);
        before = before with { Delivery = before.Delivery with { Slot = slot, Waited = TimeSpan.FromSeconds(waited) } };

        Envelope after = TestMessages.Request(EnvelopeWriter.Write(before).ToArray());

        Assert.Equal((slot, before.Delivery.Waited, true), (after.Delivery.Slot, after.Delivery.Waited, after.Request.IsHighPriority));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5,\"seal\":\"0123456789abcdef0123456789abcdef\"")]
    [InlineData("17672256000000000,\"lane\":\"ahead\"")]
    [InlineData("\"2020-01-01T00:00:00Z\"")]
    [InlineData("\"2026-01-01T00:00:00Z\",\"ledger\":\"abcd1234\"")]
    public async Task Slot_that_the_ledger_did_not_give_is_none(string slot)
    {
        await using TestCourier courier = Paced.Create();
        for (int i = 0; i < 40; i++)
            await courier.PostAsync($$"""{"method":"GET","path":"/{{i}}","delivery":{"attempt":0,"slot":{{slot}} } }""");

        await courier.ProcessForAsync(Paced.Interval * 2.5);

        Assert.Equal(3, courier.Calls.Count);
    }
}
