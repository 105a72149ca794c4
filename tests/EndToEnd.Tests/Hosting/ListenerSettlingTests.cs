using System.Text;
using Courier.Storage;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>What becomes of a message when its handler has returned or thrown.</summary>
public sealed class ListenerSettlingTests
{
    private const string Message = """{"text":"<é & 😀>"}""";

    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Handled_message_is_deleted()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Message);
        HeldDelivery delivery = await rig.DeliveryAsync();
        Assert.Equal((Message, 1), (delivery.Text, delivery.DequeueCount));
        Assert.Equal(1, await ListenerRig.LeftAsync(rig.Queue));

        await delivery.ReturnAsync();

        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Poison));
    }

    [Fact]
    public async Task Failed_message_comes_back_after_the_retry_delay_with_its_dequeue_count_grown()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Message);
        await (await rig.DeliveryAsync()).ThrowAsync();

        await rig.PassAsync(s_retryDelay - TimeSpan.FromTicks(1));
        Assert.Empty(await ListenerRig.VisibleAsync(rig.Queue));
        HeldDelivery second = await rig.LaterDeliveryAsync();

        Assert.Equal((Message, 2), (second.Text, second.DequeueCount));
        Assert.InRange(rig.Queue.Polls.Last(poll => poll.Taken > 0).At, s_retryDelay, s_retryDelay + s_longestPoll);
        await second.ReturnAsync();
        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
    }

    [Fact]
    public async Task Handler_that_gives_up_by_itself_has_failed_like_any_other()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Message);

        await (await rig.DeliveryAsync()).ThrowAsync(new OperationCanceledException("a timeout of the handler's own"));

        Assert.Empty(await ListenerRig.VisibleAsync(rig.Queue));
        Assert.Equal(2, (await rig.LaterDeliveryAsync()).DequeueCount);
        Assert.InRange(rig.Queue.Polls.Last(poll => poll.Taken > 0).At, s_retryDelay, s_retryDelay + s_longestPoll);
    }

    [Fact]
    public async Task Message_is_poison_after_exactly_five_failed_deliveries()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Message);

        for (int count = 1; count <= 5; count++)
        {
            Assert.Equal(0, await ListenerRig.LeftAsync(rig.Poison));
            HeldDelivery delivery = await rig.LaterDeliveryAsync();
            Assert.Equal((Message, count), (delivery.Text, delivery.DequeueCount));
            await delivery.ThrowAsync();
        }

        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
        QueuedMessage poison = Assert.Single(await ListenerRig.VisibleAsync(rig.Poison));
        Assert.Equal(Message, Encoding.UTF8.GetString(poison.Body.Span));
        await rig.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(5, rig.Queue.Taken);
    }

    [Fact]
    public async Task Message_that_succeeds_at_its_last_delivery_is_no_poison()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Message);
        for (int count = 1; count <= 4; count++)
            await (await rig.LaterDeliveryAsync()).ThrowAsync();

        await (await rig.LaterDeliveryAsync()).ReturnAsync();

        Assert.Equal((0, 0), (await ListenerRig.LeftAsync(rig.Queue), await ListenerRig.LeftAsync(rig.Poison)));
    }

    [Fact]
    public async Task Message_taken_too_often_before_is_poison_without_being_handled()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.PostAsync(Message);
        for (int count = 1; count <= 5; count++)
            await ReleaseAsync(rig); // as if a worker had died on it

        await rig.StartAsync();
        await Eventually.TrueAsync(() => rig.Queue.Count(Operation.Delete) == 1);

        Assert.Equal(0, rig.InHandler);
        Assert.Equal((0, 0), (rig.Peak, await ListenerRig.LeftAsync(rig.Queue)));
        Assert.Equal(Message, Encoding.UTF8.GetString(Assert.Single(await ListenerRig.VisibleAsync(rig.Poison)).Body.Span));
    }

    [Fact]
    public async Task Message_taken_often_enough_is_handled_a_last_time()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.PostAsync(Message);
        for (int count = 1; count <= 4; count++)
            await ReleaseAsync(rig);

        await rig.StartAsync();
        HeldDelivery last = await rig.DeliveryAsync();
        await last.ThrowAsync();

        Assert.Equal(5, last.DequeueCount);
        Assert.Equal((0, 1), (await ListenerRig.LeftAsync(rig.Queue), await ListenerRig.LeftAsync(rig.Poison)));
    }

    [Fact]
    public async Task Listener_without_a_poison_queue_lets_a_message_come_back_for_ever()
    {
        await using ListenerRig rig = ListenerRig.Create(hasPoison: false);
        await rig.StartAsync(Message);

        for (int count = 1; count <= 20; count++)
        {
            HeldDelivery delivery = await rig.LaterDeliveryAsync();
            Assert.Equal((Message, count), (delivery.Text, delivery.DequeueCount));
            await delivery.ThrowAsync();
            Assert.Equal(1, await ListenerRig.LeftAsync(rig.Queue));
        }

        await (await rig.LaterDeliveryAsync()).ReturnAsync();
        Assert.Equal((0, 0), (await ListenerRig.LeftAsync(rig.Queue), await ListenerRig.LeftAsync(rig.Poison)));
    }

    private static async Task ReleaseAsync(ListenerRig rig)
    {
        QueuedMessage message = Assert.Single(await ListenerRig.VisibleAsync(rig.Queue));
        await rig.Queue.Content.RenewAsync(message, TimeSpan.Zero, TestContext.Current.CancellationToken);
    }
}
