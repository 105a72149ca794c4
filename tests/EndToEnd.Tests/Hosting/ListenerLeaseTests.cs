namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>While a handler runs, nobody else gets its message.</summary>
public sealed class ListenerLeaseTests
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Lease_is_renewed_for_as_long_as_the_handler_runs_and_the_latest_receipt_deletes()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        await rig.StartAsync("slow");
        HeldDelivery delivery = await rig.DeliveryAsync();

        await HoldAsync(rig, renewals: 20);
        await delivery.ReturnAsync();

        Assert.Equal((1, 0), (rig.Queue.Taken, await ListenerRig.LeftAsync(rig.Queue)));
        Assert.Equal(rig.Queue.LatestReceipt, rig.Queue.DeletedReceipt);
    }

    [Fact]
    public async Task Every_message_in_flight_is_renewed()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        await rig.StartAsync([.. Enumerable.Range(0, 16).Select(number => $"slow {number}")]);
        List<HeldDelivery> deliveries = await rig.DeliveriesAsync(16);

        await HoldAsync(rig, renewals: 4, messages: 16);
        foreach (HeldDelivery delivery in deliveries)
            await delivery.ReturnAsync();

        Assert.Equal((16, 0), (rig.Queue.Taken, await ListenerRig.LeftAsync(rig.Queue)));
    }

    [Fact]
    public async Task Failed_message_keeps_the_retry_delay_and_no_lease()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        await rig.StartAsync("failing");
        HeldDelivery delivery = await rig.DeliveryAsync();
        await HoldAsync(rig, renewals: 3);
        int renewals = rig.Queue.Count(Operation.Renew);

        await delivery.ThrowAsync();

        await rig.PassAsync(TimeSpan.FromSeconds(29));
        Assert.Empty(await ListenerRig.VisibleAsync(rig.Queue));
        Assert.Equal(2, (await rig.LaterDeliveryAsync()).DequeueCount);
        Assert.Equal(renewals, rig.Queue.Count(Operation.Renew));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))] // how the storage library reports a timeout
    public async Task Renewal_that_failed_is_made_good_before_the_lease_ends(Type failure)
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        await rig.StartAsync("slow");
        HeldDelivery delivery = await rig.DeliveryAsync();

        rig.Queue.Before = operation => operation == Operation.Renew ? throw Error(failure) : Task.CompletedTask;
        rig.Clock.Advance(s_lease / 2);
        await Eventually.TrueAsync(() => rig.Queue.Count(Operation.Renew) == 1);
        rig.Queue.Before = _ => Task.CompletedTask;
        rig.Clock.Advance(s_lease / 6);
        await Eventually.TrueAsync(() => rig.Queue.Count(Operation.Renew) == 2);
        await HoldAsync(rig, renewals: 4);
        await delivery.ReturnAsync();

        Assert.Equal((1, 0), (rig.Queue.Taken, await ListenerRig.LeftAsync(rig.Queue)));
    }

    [Fact]
    public async Task Renewal_that_took_long_counts_from_its_beginning()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        await rig.StartAsync("slow");
        HeldDelivery delivery = await rig.DeliveryAsync();
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Queue.After = operation => operation == Operation.Renew ? answered.Task : Task.CompletedTask;

        rig.Clock.Advance(s_lease / 2); // the service renews, and its answer is slow to come
        await Eventually.TrueAsync(() => rig.Queue.Begun(Operation.Renew) == 1);
        rig.Clock.Advance(s_lease / 2 - TimeSpan.FromTicks(1));
        rig.Queue.After = _ => Task.CompletedTask;
        answered.SetResult();
        await Eventually.TrueAsync(() => rig.Queue.Count(Operation.Renew) == 1);
        rig.Clock.Advance(TimeSpan.FromTicks(1));
        await Eventually.TrueAsync(() => rig.Queue.Count(Operation.Renew) == 2);

        Assert.Empty(await ListenerRig.VisibleAsync(rig.Queue));
        await delivery.ReturnAsync();
        Assert.Equal((1, 0), (rig.Queue.Taken, await ListenerRig.LeftAsync(rig.Queue)));
    }

    [Fact]
    public async Task Lost_message_is_delivered_again_and_its_second_lease_outlasts_the_first_handler()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        await rig.StartAsync("slow");
        HeldDelivery first = await rig.DeliveryAsync();
        rig.Queue.Before = operation => operation == Operation.Renew ? throw new IOException() : Task.CompletedTask;
        HeldDelivery second = await rig.LaterDeliveryAsync();
        rig.Queue.Before = _ => Task.CompletedTask;
        Assert.Equal(2, second.DequeueCount);

        await first.ReturnAsync();

        Assert.Equal(1, await ListenerRig.LeftAsync(rig.Queue));
        await HoldAsync(rig, renewals: 4);
        await second.ReturnAsync();
        Assert.Equal((2, 0), (rig.Queue.Taken, await ListenerRig.LeftAsync(rig.Queue)));
    }

    private static Exception Error(Type type) => (Exception)Activator.CreateInstance(type)!;

    /// <summary>Lets so much of a lease pass that a renewal is due, and waits for it, so many times. Nobody finds a message meanwhile: neither the listener itself nor a second receiver.</summary>
    private static async Task HoldAsync(ListenerRig rig, int renewals, int messages = 1)
    {
        int taken = rig.Queue.Taken;
        for (int renewal = 0; renewal < renewals; renewal++)
        {
            int before = rig.Queue.Count(Operation.Renew);
            rig.Clock.Advance(s_lease * 2 / 3);
            await Eventually.TrueAsync(() => rig.Queue.Count(Operation.Renew) >= before + messages);
            Assert.Empty(await ListenerRig.VisibleAsync(rig.Queue));
        }

        Assert.Equal(taken, rig.Queue.Taken);
    }
}
