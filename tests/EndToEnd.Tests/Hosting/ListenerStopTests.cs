using System.Text;
using Courier.Storage;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>Stopping loses nothing and keeps nobody waiting who need not wait.</summary>
public sealed class ListenerStopTests
{
    [Fact]
    public async Task Idle_listener_stops_at_once()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(1));

        await StopAsync(rig);
    }

    [Fact]
    public async Task No_new_message_is_taken_and_those_in_flight_are_finished()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync("first", "second");
        List<HeldDelivery> inFlight = await rig.DeliveriesAsync(2);

        Task stopping = StopAsync(rig);
        await rig.PostAsync("later");
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await inFlight[0].ReturnAsync();
        Assert.False(stopping.IsCompleted);
        await inFlight[1].ReturnAsync();
        await stopping;

        QueuedMessage left = Assert.Single(await ListenerRig.VisibleAsync(rig.Queue));
        Assert.Equal(("later", 1), (Encoding.UTF8.GetString(left.Body.Span), left.DequeueCount));
    }

    [Fact]
    public async Task Full_listener_stops_when_those_in_flight_are_finished()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync([.. Enumerable.Range(0, 40).Select(number => $"message {number}")]);
        List<HeldDelivery> inFlight = await rig.DeliveriesAsync(24);

        Task stopping = StopAsync(rig);
        foreach (HeldDelivery delivery in inFlight)
            await delivery.ReturnAsync();
        await stopping;

        Assert.Equal((24, 16), (rig.Queue.Taken, (await ListenerRig.VisibleAsync(rig.Queue)).Count));
    }

    [Fact]
    public async Task Message_that_was_not_begun_is_visible_again_at_once()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync("waits for its turn", "is called");
        List<HeldDelivery> deliveries = await rig.DeliveriesAsync(2);
        HeldDelivery notBegun = Assert.Single(deliveries, delivery => delivery.Text == "waits for its turn");
        HeldDelivery called = Assert.Single(deliveries, delivery => delivery.Text == "is called");

        Task stopping = StopAsync(rig);
        await Eventually.TrueAsync(() => notBegun.Stopping.IsCancellationRequested);
        await notBegun.ThrowAsync(new OperationCanceledException(notBegun.Stopping));

        QueuedMessage returned = Assert.Single(await ListenerRig.VisibleAsync(rig.Queue));
        Assert.Equal(2, returned.DequeueCount);
        Assert.False(stopping.IsCompleted);
        await called.ReturnAsync();
        await stopping;
        Assert.Equal((1, 0), (await ListenerRig.LeftAsync(rig.Queue), await ListenerRig.LeftAsync(rig.Poison)));
    }

    [Fact]
    public async Task Batch_that_arrives_during_the_stop_is_given_back()
    {
        await using ListenerRig rig = ListenerRig.Create();
        TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Queue.After = operation => operation == Operation.Receive ? arrival.Task : Task.CompletedTask;
        await rig.StartAsync("first", "second", "third");
        await Eventually.TrueAsync(() => rig.Queue.Begun(Operation.Receive) == 1);

        Task stopping = StopAsync(rig);
        arrival.SetResult();
        foreach (HeldDelivery delivery in await rig.DeliveriesAsync(3))
        {
            Assert.True(delivery.Stopping.IsCancellationRequested);
            await delivery.ThrowAsync(new OperationCanceledException(delivery.Stopping));
        }

        await stopping;
        Assert.Equal(3, (await ListenerRig.VisibleAsync(rig.Queue)).Count);
    }

    [Fact]
    public async Task Receive_that_fails_during_the_stop_does_not_abandon_those_in_flight()
    {
        await using ListenerRig rig = ListenerRig.Create();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await rig.StartAsync("in flight");
        HeldDelivery delivery = await rig.DeliveryAsync();
        rig.Queue.Before = operation => operation == Operation.Receive && (begun.TrySetResult() || true) ? answer.Task : Task.CompletedTask;
        await rig.PassUntilAsync(() => begun.Task.IsCompleted);

        Task stopping = StopAsync(rig);
        answer.SetException(new IOException("The storage is gone."));
        await delivery.ReturnAsync();
        await stopping;

        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
    }

    [Fact]
    public async Task Leases_are_renewed_until_the_last_handler_is_through()
    {
        TimeSpan lease = TimeSpan.FromMinutes(1);
        await using ListenerRig rig = ListenerRig.Create(lease);
        await rig.StartAsync("slow");
        HeldDelivery delivery = await rig.DeliveryAsync();

        Task stopping = StopAsync(rig);
        for (int half = 1; half <= 6; half++)
        {
            rig.Clock.Advance(lease / 2);
            await Eventually.TrueAsync(() => rig.Queue.Count(Operation.Renew) == half);
            Assert.Empty(await ListenerRig.VisibleAsync(rig.Queue));
        }

        await delivery.ReturnAsync();
        await stopping;
        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
        Assert.Null(rig.Clock.UntilNextTimer);
    }

    /// <summary>Stops the listener, which must end well.</summary>
    private static async Task StopAsync(ListenerRig rig)
    {
        await rig.Listener.StopAsync(CancellationToken.None).WaitAsync(Eventually.Patience);
        Assert.True(rig.Listener.ExecuteTask!.IsCompletedSuccessfully);
    }
}
