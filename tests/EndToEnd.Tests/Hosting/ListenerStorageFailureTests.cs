using System.Text;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>Storage that fails for a while costs time, and nothing else.</summary>
public sealed class ListenerStorageFailureTests
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))] // how the storage library reports a timeout
    public async Task Failed_receive_is_repeated_with_growing_pauses(Type failure)
    {
        await using ListenerRig rig = ListenerRig.Create();
        rig.Queue.Before = Failing(Operation.Receive, failure);
        await rig.StartAsync("message");

        await rig.PassAsync(TimeSpan.FromSeconds(6));
        rig.Queue.Before = _ => Task.CompletedTask;
        HeldDelivery delivery = await rig.LaterDeliveryAsync();

        Assert.Equal(1, delivery.DequeueCount);
        Assert.Equal([0, 0.1, 0.3, 0.7, 1.5, 3.1, 5.1, 7.1], rig.Queue.Polls.Select(poll => poll.At.TotalSeconds).Take(8));
        await delivery.ReturnAsync();
        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
    }

    [Fact]
    public async Task Message_whose_deletion_failed_is_delivered_again_when_its_lease_ends()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        rig.Queue.Before = Failing(Operation.Delete, typeof(IOException));
        await rig.StartAsync("message");
        await (await rig.DeliveryAsync()).ReturnAsync();
        rig.Queue.Before = _ => Task.CompletedTask;

        HeldDelivery second = await rig.LaterDeliveryAsync();

        Assert.Equal(2, second.DequeueCount);
        Assert.True(rig.Queue.Polls.Last(poll => poll.Taken > 0).At >= s_lease);
        await second.ReturnAsync();
        Assert.Equal((0, 0), (await ListenerRig.LeftAsync(rig.Queue), rig.Queue.Count(Operation.Renew)));
    }

    [Fact]
    public async Task Message_that_could_not_be_given_back_is_delivered_again_when_its_lease_ends()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        rig.Queue.Before = Failing(Operation.Return, typeof(IOException));
        await rig.StartAsync("message");
        await (await rig.DeliveryAsync()).ThrowAsync();
        rig.Queue.Before = _ => Task.CompletedTask;

        HeldDelivery second = await rig.LaterDeliveryAsync();

        Assert.Equal(2, second.DequeueCount);
        Assert.True(rig.Queue.Polls.Last(poll => poll.Taken > 0).At >= s_lease);
        await second.ReturnAsync();
        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
    }

    [Fact]
    public async Task Message_that_the_poison_queue_did_not_take_stays_until_it_does()
    {
        await using ListenerRig rig = ListenerRig.Create(s_lease);
        rig.Poison.Before = Failing(Operation.Send, typeof(IOException));
        await rig.StartAsync("poison");
        for (int count = 1; count <= 4; count++)
            await (await rig.LaterDeliveryAsync()).ThrowAsync();

        (await rig.LaterDeliveryAsync()).Throw();
        await Eventually.TrueAsync(() => rig.Poison.Count(Operation.Send) == 1);
        Assert.Equal(1, await ListenerRig.LeftAsync(rig.Queue));
        rig.Poison.Before = _ => Task.CompletedTask;
        await rig.PassUntilAsync(() => rig.Queue.Count(Operation.Delete) == 1);

        Assert.Equal((6, 0), (rig.Queue.Taken, await ListenerRig.LeftAsync(rig.Queue)));
        Assert.Equal("poison", Encoding.UTF8.GetString(Assert.Single(await ListenerRig.VisibleAsync(rig.Poison)).Body.Span));
    }

    [Fact]
    public async Task Failed_deletion_frees_its_place()
    {
        await using ListenerRig rig = ListenerRig.Create();
        rig.Queue.Before = Failing(Operation.Delete, typeof(IOException));
        await rig.StartAsync([.. Enumerable.Range(0, 24).Select(number => $"message {number}")]);
        foreach (HeldDelivery delivery in await rig.DeliveriesAsync(16))
            await delivery.ReturnAsync();

        Assert.Equal(8, (await rig.DeliveriesAsync(8)).Count);
        Assert.Equal(8, rig.InHandler);
    }

    private static Func<Operation, Task> Failing(Operation failing, Type failure) =>
        operation => operation == failing ? throw (Exception)Activator.CreateInstance(failure)! : Task.CompletedTask;
}
